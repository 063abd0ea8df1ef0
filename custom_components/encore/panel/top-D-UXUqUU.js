import{t as e}from"./answers-DbIo5sqv.js";import{n as t,o as n,p as r,u as i}from"./element-KEvTEtVl.js";import{t as a}from"./requests-BOXeojnY.js";import{n as o}from"./amount-CTaw3joZ.js";import{n as s,t as c}from"./face-D61ksqVe.js";import{n as l,t as u}from"./rows-vv_Gjt7K.js";var d={artists:`artist`,albums:`album`,shows:`show`},f=(e,t)=>{if(t.uri?.startsWith(`spotify:`))return{item:t.uri};if(e!==`artists`&&e!==`albums`&&e!==`shows`)return null;let n=e===`albums`&&t.artist?` ${t.artist}`:``;return{item:`${t.name}${n}`,type:d[e]}},p=class extends c{constructor(...e){super(...e),this.kind=`top`,this.#e=new a(this,()=>({hass:this.hass,question:`get_top`,parameters:this.question(`of`,`by`,`limit`)}))}static{this.styles=[...c.styles,l,r`
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
    `]}#e;heading(){return this.say(`top_${this.config.of}`)}body(){return this.shown(this.#e.state,e=>this.#t(e),Math.min(this.config.limit??5,10))}#t({top:t,of:n,by:r}){if(!t.length)return this.nothing(this.say(`nothing_in_window`));let a=Math.max(1,...t.map(t=>e(t,r)));return i`<div class="body ${this.#e.stale?`stale`:``}">
      <ol>
        ${t.map(e=>this.#r(e,n,r,a))}
      </ol>
    </div>`}#n(e,{name:t,uri:n}){if(e===`sources`)return``;if(e===`rooms`)return this.address(`history`,{room:t});let r=e===`tracks`?`track`:d[e];return this.address(`history`,{thing:n??t,type:r})}#r(t,n,r,a){let{name:s,artist:c,uri:l}=t,d=f(n,t);return i`<li>
      <span class="place quiet number">${t.rank}</span>
      ${u(this.hass,{uri:l,artist:n===`artists`?s:n===`albums`?c:null,album:n===`albums`?s:null,show:n===`shows`?s:null,sign:n===`rooms`?`room`:void 0,name:s,more:c===s?void 0:c??void 0,amount:o(this.hass,e(t,r),r),round:n===`artists`,link:{href:this.#n(n,t),follow:this.follow},below:i`<div class="bar" aria-hidden="true">
          <div style="width: ${100*e(t,r)/a}%"></div>
        </div>`})}
      ${d?this.playButton(s,d):null}
    </li>`}};p=t([n(`encore-top-face`)],p);var m=s(`encore-top-face`);export{p as TopFace,m as faceOf};