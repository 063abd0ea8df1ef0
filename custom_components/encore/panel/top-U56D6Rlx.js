import{n as e,o as t,p as n,u as r}from"./element-BtXnuUrc.js";import{t as i}from"./requests-BOXeojnY.js";import{n as a}from"./amount-BSF43S1p.js";import{n as o,t as s}from"./face-CEf3nFkH.js";import{n as c,t as l}from"./rows-9pl74769.js";var u={artists:`artist`,albums:`album`,shows:`show`},d=(e,t)=>{if(t.uri?.startsWith(`spotify:`))return{what:t.uri};if(e!==`artists`&&e!==`albums`&&e!==`shows`)return null;let n=e===`albums`&&t.artist?` ${t.artist}`:``;return{what:`${t.name}${n}`,type:u[e]}},f=class extends s{constructor(...e){super(...e),this.kind=`top`,this.#e=new i(this,()=>({hass:this.hass,question:`get_top`,parameters:this.question(`of`,`by`,`limit`)}))}static{this.styles=[...s.styles,c,n`
      .place {
        flex: none;
        min-width: 1.4em;
        text-align: end;
      }
      li {
        padding-block: 3px;
      }
      .bar {
        height: 4px;
        border-radius: 2px;
        margin-top: 3px;
        background: color-mix(
          in srgb,
          var(--primary-color, #03a9f4) 16%,
          transparent
        );
      }
      .bar div {
        height: 100%;
        border-radius: inherit;
        background: var(--primary-color, #03a9f4);
      }
    `]}#e;heading(){return this.say(`top_${this.config.of}`)}body(){return this.shown(this.#e.state,e=>this.#t(e),Math.min(this.config.limit??5,10))}#t({top:e,of:t,by:n}){if(!e.length)return this.nothing(this.say(`nothing_in_window`));let i=Math.max(1,...e.map(e=>e[n]));return r`<div class="body ${this.#e.stale?`stale`:``}">
      <ol>
        ${e.map(e=>this.#r(e,t,n,i))}
      </ol>
    </div>`}#n(e,{name:t,uri:n}){if(e===`sources`)return``;if(e===`rooms`)return this.address(`history`,{room:t});let r=e===`tracks`?`track`:u[e];return this.address(`history`,{thing:n??t,type:r})}#r(e,t,n,i){let{name:o,artist:s,uri:c}=e,u=d(t,e);return r`<li>
      <span class="place quiet number">${e.place}</span>
      ${l(this.hass,{uri:c,artist:t===`artists`?o:t===`albums`?s:null,album:t===`albums`?o:null,show:t===`shows`?o:null,sign:t===`rooms`?`room`:void 0,name:o,more:s===o?void 0:s??void 0,amount:a(this.hass,e[n],n),round:t===`artists`,link:{href:this.#n(t,e),follow:this.follow},below:r`<div class="bar" aria-hidden="true">
          <div style="width: ${100*e[n]/i}%"></div>
        </div>`})}
      ${u?this.playButton(o,u):null}
    </li>`}};f=e([t(`encore-top-face`)],f);var p=o(`encore-top-face`);export{f as TopFace,p as faceOf};