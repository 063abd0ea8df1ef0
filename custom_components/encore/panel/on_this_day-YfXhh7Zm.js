import{n as e,o as t,p as n,u as r}from"./element-KEvTEtVl.js";import{t as i}from"./requests-BOXeojnY.js";import{n as a}from"./amount-CTaw3joZ.js";import{h as o}from"./format-BsfNSj2c.js";import{n as s,t as c}from"./face-D61ksqVe.js";import{t as l}from"./plays-DiGVSTmE.js";import{n as u,t as d}from"./rows-vv_Gjt7K.js";var f=class extends c{constructor(...e){super(...e),this.kind=`on-this-day`,this.#e=new i(this,()=>({hass:this.hass,question:`get_on_this_day`,parameters:this.#t()}))}static{this.styles=[...c.styles,u,n`
      section + section {
        margin-top: 12px;
      }
      h3 {
        display: flex;
        align-items: baseline;
        gap: 8px;
        margin-bottom: 4px;
      }
      h3 a {
        color: inherit;
        text-decoration: none;
      }
      h3 a:hover {
        text-decoration: underline;
      }
    `]}#e;#t(){return this.question(`date`,`limit`)}heading(){return this.say(`on_this_day`)}body(){return this.shown(this.#e.state,({years:e})=>e.length?r`<div class="body ${this.#e.stale?`stale`:``}">
            ${e.slice(0,this.config.years).map(e=>this.#n(e))}
          </div>`:this.nothing(this.say(`nothing_on_this_day`)))}#n(e){let t=o(this.hass,e.date,`day`,`long`),n=this.address(`history`,{start:e.date,end:e.date});return r`<section>
      <h3>
        ${n?r`<a href=${n} @click=${this.follow}>${t}</a>`:t}
        <span class="quiet small number"
          >${a(this.hass,e.play_count,`plays`)}</span
        >
      </h3>
      <ol>
        ${e.top.map(e=>r`<li>
              ${d(this.hass,{uri:e.uri,name:e.name,more:e.artist??``})}
              ${l(e.uri)?this.playButton(e.name,{item:e.uri}):null}
            </li>`)}
      </ol>
    </section>`}};f=e([t(`encore-on-this-day-face`)],f);var p=s(`encore-on-this-day-face`);export{f as OnThisDayFace,p as faceOf};