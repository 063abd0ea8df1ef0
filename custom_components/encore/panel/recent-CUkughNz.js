import{n as e,o as t,u as n}from"./element-KEvTEtVl.js";import{t as r}from"./requests-BOXeojnY.js";import{m as i,u as a}from"./format-BsfNSj2c.js";import{n as o,t as s}from"./face-D61ksqVe.js";import{n as c,t as l}from"./plays-DiGVSTmE.js";import{n as u,t as d}from"./rows-vv_Gjt7K.js";var f=class extends s{constructor(...e){super(...e),this.kind=`recent`,this.#e=new r(this,()=>({hass:this.hass,question:`get_plays`,parameters:this.question(`limit`)}))}static{this.styles=[...s.styles,u]}#e;heading(){return this.say(`recent`)}body(){return this.shown(this.#e.state,({plays:e})=>e.length?n`<div class="body ${this.#e.stale?`stale`:``}">
              <ol>
                ${e.map(e=>this.#t(e))}
              </ol>
            </div>`:this.nothing(this.say(`nothing_in_window`)),Math.min(this.config.limit??5,10))}#t(e){let t=[e.listener,e.rooms.join(`, `)||e.device].filter(Boolean).join(` · `);return n`<li>
      ${d(this.hass,{uri:e.uri,name:e.title,more:c(e),link:{href:this.address(`history`,{play:e.id??``}),follow:this.follow}})}
      <div class="end small">
        <div class="number" title=${a(this.hass,e.started_at)}>
          ${e.playing?this.say(`now_playing`):i(this.hass,e.started_at)}
        </div>
        <div class="quiet one-line" dir="auto" title=${t}>${t}</div>
      </div>
      ${l(e.uri)?this.playButton(e.title,{item:e.uri}):null}
    </li>`}};f=e([t(`encore-recent-face`)],f);var p=o(`encore-recent-face`);export{f as RecentFace,p as faceOf};