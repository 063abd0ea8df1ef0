import{n as e,o as t,p as n,s as r,u as i}from"./element-NA6gu5sY.js";import{a,t as o}from"./asking-BgTzNmwv.js";import{c as s}from"./filters-B2Z4ddSS.js";import{t as c}from"./tell-CQ-kc5GI.js";import{n as l,t as u}from"./face-DfYmvAdL.js";import{n as d,r as f,t as p}from"./players-CXZdm6R-.js";import{n as m}from"./plays-DiGVSTmE.js";import{n as h,t as g}from"./rows-D8_t11-9.js";var _=1,v=32,y=16384,b=class extends u{constructor(...e){super(...e),this.kind=`now`,this.#e=new o(this,()=>({hass:this.hass,question:`playing_at`,parameters:this.#t()}))}static{this.styles=[...u.styles,h,n`
      ol {
        gap: 12px;
      }
      li {
        --encore-cover: 56px;
        min-height: 56px;
      }
      li.silent {
        --encore-cover: 40px;
        min-height: 40px;
      }
      .buttons {
        display: flex;
        margin-inline-end: -8px;
      }
    `]}#e;#t(){return{...this.question(),moment:`now`}}concerned(e){let{hass:t}=this;return e.entities!==t.entities||e.devices!==t.devices||e.areas!==t.areas||d(t).some(({id:n})=>e.states[n]!==t.states[n])}heading(){return this.say(`now`)}body(){return this.shown(this.#e.state,({plays:e})=>{let t=this.config.show_empty?this.#n(e):[];return!e.length&&!t.length?this.nothing(this.say(`silence`)):i`<div class="body ${this.#e.stale?`stale`:``}">
        <ol>
          ${e.map(e=>this.#r(e))}
          ${t.map(e=>i`<li class="silent">
                <div class="words">
                  <div class="one-line" dir="auto">${e}</div>
                  <div class="quiet small">${this.say(`silence`)}</div>
                </div>
              </li>`)}
        </ol>
      </div>`})}#n(e){let t=new Set(e.flatMap(e=>e.rooms)),{room:n}=this.config,r=n===void 0?null:[n].flat(),i=d(this.hass).filter(e=>f(this.hass,e)).flatMap(({area:e})=>e===null?[]:[e]);return[...new Set(i)].filter(e=>!t.has(e)&&(!r||r.includes(e)))}#r(e){let t=p(this.hass,d(this.hass),e),n=[e.rooms.join(`, `)||e.device,e.listener].filter(Boolean).join(` · `);return i`<li>
      ${g(this.hass,{uri:e.uri,src:this.#i(t,e),name:e.title,more:m(e),link:{href:this.address(`now`),follow:this.follow},below:i`<div class="one-line small" dir="auto" title=${n}>
          ${n}
        </div>`})}
      ${t?this.#a(t):r}
    </li>`}#i(e,t){let{attributes:n}=e??{attributes:{}},r=n.entity_picture;return n.media_title===t.title&&typeof r==`string`?this.hass.hassUrl(r):null}#a(e){let t=Number(e.attributes.supported_features??0),n=e.state===`playing`,a=String(e.attributes.friendly_name??e.entity_id);return i`<div class="buttons">
      ${n&&t&_?this.#o(e,`pause`,`media_pause`,a):r}
      ${!n&&t&y?this.#o(e,`play`,`media_play`,a):r}
      ${t&v?this.#o(e,`next`,`media_next_track`,a):r}
    </div>`}#o(e,t,n,r){return i`<button
      class="icon-button ${n}"
      title=${this.say(n,{name:r})}
      aria-label=${this.say(n,{name:r})}
      @click=${()=>void this.#s(e,n)}
    >
      ${s(t)}
    </button>`}async#s(e,t){try{await this.hass.callService(`media_player`,t,{entity_id:e.entity_id},void 0,!1)}catch(e){c(this,a(e))}}};b=e([t(`encore-now-face`)],b);var x=l(`encore-now-face`);export{b as NowFace,x as faceOf};