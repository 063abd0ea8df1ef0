import{a as e,n as t,p as n,r,s as i,t as a,u as o}from"./element-KEvTEtVl.js";import{a as s,s as c}from"./requests-BOXeojnY.js";import{E as l,S as u,T as d,h as f,u as p,y as m}from"./format-BsfNSj2c.js";import{t as h}from"./notify-BaOBj0KC.js";import{n as g,t as _}from"./texts-B-vHsI9L.js";import{r as v}from"./preload-helper-BtBv6qSh.js";var y=[`time_range`,`start_time`,`end_time`,`listener`,`room`,`kind`],b=(e,...t)=>{let n={};for(let r of[...y,...t])e[r]!==void 0&&(n[r]=e[r]);return n},x=(e,t)=>{let{language:n}=e,{time_range:r,start_time:i,end_time:a}=t,o=i&&C(e,i),s=a&&C(e,a);if(o&&s)return g(n,`cards`,`between`,{from:o,until:s});if(o)return g(n,`cards`,`since`,{from:o});if(s)return g(n,`cards`,`until_day`,{until:s});if(!r)return``;for(let e of[`cards`,`shared`]){let t=g(n,e,`window_${r}`);if(t!==`window_${r}`)return t}let c=r.replaceAll(`_`,` `);return c.charAt(0).toLocaleUpperCase(n)+c.slice(1)},S=/^\d{4}-\d\d-\d\d$/,C=(e,t)=>S.test(t)?f(e,t,`day`):Number.isNaN(Date.parse(t))?t:p(e,t),w=e=>typeof e==`string`?e:e?.length===1?e[0]:``,T=(e,t,n={})=>{let r={...m,window:e.time_range??``,start:e.start_time??``,end:e.end_time??``,listener:w(e.listener),room:w(e.room),kind:e.kind??``};return`/encore/${t}${u({...r,...n})}`},E=class extends a{constructor(...e){super(...e),this.words=`cards`,this.follow=e=>{if(e.button||e.metaKey||e.ctrlKey||e.shiftKey)return;e.preventDefault();let t=e.currentTarget;history.pushState(null,``,t.getAttribute(`href`)),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:!1}}))}}static{this.styles=[...a.styles,r,n`
      :host {
        display: block;
        height: 100%;
      }
      ha-card {
        display: flex;
        flex-direction: column;
        height: 100%;
        overflow: hidden;
        container-type: inline-size;
      }
      header {
        display: flex;
        align-items: baseline;
        gap: 8px;
        padding: 12px 16px 8px;
        color: inherit;
        text-decoration: none;
      }
      header h2 {
        min-width: 0;
        flex: 0 1 auto;
      }
      header h2 a {
        color: inherit;
        text-decoration: none;
      }
      header h2 a:hover {
        text-decoration: underline;
      }
      header .quiet {
        flex: 1 1 30%;
        min-width: 0;
        text-align: end;
      }
      .body {
        flex: 1;
        min-height: 0;
        overflow: auto;
        padding: 0 16px 16px;
      }
      .empty {
        display: grid;
        align-content: center;
      }
      .caption {
        flex: none;
        margin: 0 16px 8px;
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
      }
      @container (max-width: 240px) {
        .caption,
        header .quiet {
          display: none;
        }
      }
      .notice {
        padding: 16px 8px;
      }
      .notice svg {
        width: 28px;
        height: 28px;
      }
      .waiting {
        padding: 4px 0;
      }
      .stale {
        opacity: 0.6;
      }
    `]}shouldUpdate(e){let t=e.get(`hass`);return!this.hass||!this.config?!1:!t||!this.onlyStates()||t.panels!==this.hass.panels||this.concerned(t)}concerned(e){return!1}willUpdate(e){let t=e.get(`hass`);t&&t.language!==this.hass.language&&_(this.hass.language,`cards`,`shared`).then(()=>this.requestUpdate())}question(...e){return b(this.config,...e)}caption(){return``}render(){let{title:e}=this.config,t=x(this.hass,this.config),n=e??this.heading(),r=this.address(v[this.kind].page),a=this.caption();return o`<ha-card>
      ${n?o`<header>
              <h2 class="one-line" dir="auto">
                ${r?o`<a href=${r} @click=${this.follow}>${n}</a>`:n}
              </h2>
              ${t&&e===void 0?o`<span class="quiet small one-line">${t}</span>`:i}
            </header>`:o`<header></header>`}
      ${a?o`<p class="caption quiet small">${a}</p>`:i}
      ${this.body()}
    </ha-card>`}address(e,t={}){return this.hass.panels?.encore?T(this.config,e,t):``}shown(e,t,n=3){switch(e.is){case`asking`:return o`<div class="body">
          ${d(this.say(`waiting`),n)}
        </div>`;case`refused`:return this.nothing(e.refusal.code===`unknown_command`?this.say(`not_there`):e.refusal.message,`warning`);case`answered`:return t(e.answer)}}nothing(e,t=`music`){return o`<div class="body empty">
      <div class="notice">
        ${l(t)}
        <p class="quiet">${e}</p>
      </div>
    </div>`}playButton(e,t){let n=this.say(`play`,{name:e});return o`<button
      class="icon-button play"
      title=${n}
      aria-label=${n}
      @click=${()=>void this.#e(t)}
    >
      ${l(`play`)}
    </button>`}async#e(e){try{let{speech:t}=await s(this.hass,`play_media`,{...e});h(this,t)}catch(e){h(this,c(e))}}};t([e({attribute:!1})],E.prototype,`config`,void 0);var D=e=>async t=>(await _(t.language,`cards`,`shared`),document.createElement(e));export{D as n,E as t};