import{n as e,o as t,u as n}from"./element-NA6gu5sY.js";import{t as r}from"./asking-BgTzNmwv.js";import{m as i,r as a,u as o}from"./tell-CQ-kc5GI.js";import{n as s,t as c}from"./face-DfYmvAdL.js";import{n as l,t as u}from"./plays-DiGVSTmE.js";import{n as d,t as f}from"./rows-D8_t11-9.js";var p=class extends c{constructor(...e){super(...e),this.kind=`recent`,this.#e=new r(this,()=>({hass:this.hass,question:`plays`,parameters:this.question(`limit`)}))}static{this.styles=[...c.styles,d]}#e;heading(){return this.say(`recent`)}body(){return this.shown(this.#e.state,({plays:e})=>e.length?n`<div class="body ${this.#e.stale?`stale`:``}">
              <ol>
                ${e.map(e=>this.#t(e))}
              </ol>
            </div>`:this.nothing(this.say(`nothing_in_window`)),Math.min(this.config.limit??5,10))}#t(e){let t=a(this.hass,new Date),r=a(this.hass,e.started_at)===t?i(this.hass,e.started_at):o(this.hass,e.started_at),s=[e.listener,e.rooms.join(`, `)||e.device].filter(Boolean).join(` · `);return n`<li>
      ${f(this.hass,{uri:e.uri,name:e.title,more:l(e),link:{href:this.address(`history`,{play:e.id??``}),follow:this.follow}})}
      <div class="end small">
        <div class="number">
          ${e.under_way?this.say(`now_playing`):r}
        </div>
        <div class="quiet one-line" dir="auto" title=${s}>${s}</div>
      </div>
      ${u(e.uri)?this.playButton(e.title,{what:e.uri}):null}
    </li>`}};p=e([t(`encore-recent-face`)],p);var m=s(`encore-recent-face`);export{p as RecentFace,m as faceOf};