import{n as e,o as t,p as n,s as r,u as i}from"./element-KEvTEtVl.js";import{s as a,t as o}from"./requests-BOXeojnY.js";import{E as s}from"./format-BsfNSj2c.js";import{t as c}from"./notify-BaOBj0KC.js";import{a as l,i as u,r as d,t as f}from"./players-CZhXKqX8.js";import{n as p,t as m}from"./face-D61ksqVe.js";import{n as h}from"./plays-DiGVSTmE.js";import{n as g,t as _}from"./rows-vv_Gjt7K.js";var v=1,y=32,b=16384,x=class extends m{constructor(...e){super(...e),this.kind=`now`,this.#e=new o(this,()=>({hass:this.hass,question:`get_played_at`,parameters:this.#t()}))}static{this.styles=[...m.styles,g,n`
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
    `]}#e;#t(){return{...this.question(),moment:`now`}}concerned(e){let{hass:t}=this;return e.entities!==t.entities||e.devices!==t.devices||e.areas!==t.areas||u(t).some(({entity:t})=>e.states[t.entity_id]!==t)}heading(){return this.say(`now`)}body(){return this.shown(this.#e.state,({plays:e})=>{let t=this.config.show_empty?this.#n(e):[];return!e.length&&!t.length?this.nothing(this.say(`silence`)):i`<div class="body ${this.#e.stale?`stale`:``}">
        <ol>
          ${e.map(e=>this.#r(e))}
          ${t.map(e=>i`<li class="silent">
                <div class="words">
                  <div class="one-line" dir="auto">${e}</div>
                  <div class="quiet small">${this.say(`silence`)}</div>
                </div>
              </li>`)}
        </ol>
      </div>`})}#n(e){let t=new Set(e.flatMap(e=>e.rooms)),{room:n}=this.config,r=n===void 0?null:[n].flat(),i=u(this.hass).filter(f).flatMap(e=>l(e)??[]);return[...new Set(i)].filter(e=>!t.has(e)&&(!r||r.includes(e)))}#r(e){let t=d(u(this.hass),e)?.entity,n=[e.rooms.join(`, `)||e.device,e.listener].filter(Boolean).join(` · `);return i`<li>
      ${_(this.hass,{uri:e.uri,src:this.#i(t,e),name:e.title,more:h(e),link:{href:this.address(`now`),follow:this.follow},below:i`<div class="one-line small" dir="auto" title=${n}>
          ${n}
        </div>`})}
      ${t?this.#a(t):r}
    </li>`}#i(e,t){let{attributes:n}=e??{attributes:{}},r=n.entity_picture;return n.media_title===t.title&&typeof r==`string`?this.hass.hassUrl(r):null}#a(e){let t=Number(e.attributes.supported_features??0),n=e.state===`playing`,a=String(e.attributes.friendly_name??e.entity_id);return i`<div class="buttons">
      ${n&&t&v?this.#o(e,`pause`,`media_pause`,a):r}
      ${!n&&t&b?this.#o(e,`play`,`media_play`,a):r}
      ${t&y?this.#o(e,`next`,`media_next_track`,a):r}
    </div>`}#o(e,t,n,r){return i`<button
      class="icon-button ${n}"
      title=${this.say(n,{name:r})}
      aria-label=${this.say(n,{name:r})}
      @click=${()=>void this.#s(e,n)}
    >
      ${s(t)}
    </button>`}async#s(e,t){try{await this.hass.callService(`media_player`,t,{entity_id:e.entity_id},void 0,!1)}catch(e){c(this,a(e))}}};x=e([t(`encore-now-face`)],x);var S=p(`encore-now-face`);export{x as NowFace,S as faceOf};