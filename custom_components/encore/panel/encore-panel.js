import{a as e,i as t,n,o as r,p as i,r as a,s as o,t as s,u as c}from"./element-KEvTEtVl.js";import{t as l}from"./query-DDQkTGvL.js";import{n as u,t as d}from"./static-html-DaBXt81q.js";import{a as f,s as p}from"./requests-BOXeojnY.js";import{i as m,r as h,t as g}from"./preload-helper-BtBv6qSh.js";import{C as _,E as v,S as y,T as b,b as x,f as S,y as C}from"./format-BsfNSj2c.js";import"./dialog-_EHXyLTX.js";import"./filter_bar-C6tii_Pa.js";import{t as w}from"./names-CV0Jas8W.js";import{t as T}from"./texts-B-vHsI9L.js";var E={get_top:`top`,get_heatmap:`heatmap`,get_timeline:`timeline`,get_on_this_day:`on-this-day`,get_plays:`recent`},D=e=>e.operation&&e.answer?E[e.operation]:void 0,O=(e,t)=>{let n=h[e].options,r=Object.fromEntries(Object.entries(t.parameters).filter(([e])=>n.includes(e))),i=t.answer?.time_range;return i&&n.includes(`time_range`)&&!r.start_time&&(i.name?r.time_range=i.name:(delete r.time_range,r.start_time=i.start,r.end_time=i.end)),m(e,{...r,type:``})},k={top:()=>g(()=>import(`./top-D-UXUqUU.js`),[],import.meta.url),heatmap:()=>g(()=>import(`./heatmap-B5sLpn69.js`),[],import.meta.url),timeline:()=>g(()=>import(`./timeline-D1IHxWB4.js`),[],import.meta.url),"on-this-day":()=>g(()=>import(`./on_this_day-YfXhh7Zm.js`),[],import.meta.url),recent:()=>g(()=>import(`./recent-CUkughNz.js`),[],import.meta.url)},A=class extends s{constructor(...e){super(...e),this.narrow=!1,this._asking=!1,this._speech=``,this.#e=0,this.#t=()=>{this.#e++,this._asking=!1,this._speech=``,this._face=void 0,this._input.focus()}}static{this.styles=[...s.styles,i`
      :host {
        display: block;
        margin-bottom: var(--encore-gap);
      }
      form {
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 0 4px 0 16px;
        border-radius: 24px;
        max-width: 640px;
      }
      form:focus-within {
        border-color: var(--primary-color, #03a9f4);
        box-shadow: 0 0 0 1px var(--primary-color, #03a9f4);
      }
      input {
        flex: 1;
        min-width: 0;
        min-height: 46px;
        border: 0;
        outline: 0;
        background: none;
        color: inherit;
        font: inherit;
        /* Under 16 px, a phone zooms in. */
        font-size: max(16px, 1em);
      }
      /* The form shows it. */
      input:focus-visible {
        outline: 0;
      }
      input::placeholder {
        color: var(--secondary-text-color, #727272);
        opacity: 1;
      }
      section {
        margin-top: 8px;
        padding: 12px 8px 12px 16px;
      }
      .words {
        display: flex;
        align-items: start;
        gap: 8px;
      }
      .words p {
        flex: 1;
        min-width: 0;
        padding-block: 8px;
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
      .card {
        margin: 4px 8px 0 0;
        height: 320px;
        max-width: 640px;
      }
      .card.list {
        height: auto;
      }
    `]}#e;render(){return c`<form
        class="surface"
        role="search"
        @submit=${e=>{e.preventDefault(),this.#n(this._input.value.trim())}}
      >
        <input
          type="search"
          maxlength="10000"
          autocomplete="off"
          enterkeyhint="go"
          aria-label=${this.say(`ask_anything`)}
          placeholder=${this.say(`ask_anything_example`)}
        />
        <button
          class="icon-button"
          aria-label=${this.say(`ask`)}
          ?disabled=${this._asking}
        >
          ${v(`search`)}
        </button>
      </form>
      ${this._speech?c`<section class="surface" aria-busy=${this._asking}>
              <div class="words">
                <p dir="auto" role="status">${this._speech}</p>
                <button
                  class="icon-button"
                  aria-label=${this.say(`close`)}
                  @click=${this.#t}
                >
                  ${v(`close`)}
                </button>
              </div>
              ${this._face?c`<div
                      class="card ${this._face.config.limit?`list`:``}"
                    >
                      ${this._face}
                    </div>`:o}
            </section>`:o}`}updated(){this._face&&(this._face.hass=this.hass)}#t;async#n(e){if(!e)return;let t=++this.#e;this._asking=!0;let n,r;try{let t=await f(this.hass,`ask`,{text:e});n=t.speech,r=await this.#r(t)}catch(e){n=p(e)}t===this.#e&&(this._asking=!1,this._speech=n,this._face=r)}async#r(e){let t=D(e);if(!t)return;let n=await(await k[t]()).faceOf(this.hass);return n.config=O(t,e),n.hass=this.hass,n}};n([e({type:Boolean,reflect:!0})],A.prototype,`narrow`,void 0),n([t()],A.prototype,`_asking`,void 0),n([t()],A.prototype,`_speech`,void 0),n([t()],A.prototype,`_face`,void 0),n([l(`input`)],A.prototype,`_input`,void 0),A=n([r(`encore-ask-field`)],A);var j=i`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 100vh;
    min-height: 100dvh;
    background: var(--primary-background-color, #fafafa);
  }
  header.bar {
    position: sticky;
    top: 0;
    z-index: 3;
    background: var(--app-header-background-color, var(--primary-color));
    color: var(--app-header-text-color, #fff);
    padding-top: env(safe-area-inset-top);
    border-bottom: var(--app-header-border-bottom, none);
  }
  .top {
    display: flex;
    align-items: center;
    gap: 4px;
    min-height: var(--header-height, 56px);
    padding: 0 12px;
    max-width: 1360px;
    margin: 0 auto;
  }
  h1 {
    font-size: var(--ha-font-size-xl, 20px);
    font-weight: var(--ha-font-weight-normal, 400);
    margin: 0 16px 0 8px;
  }
  nav {
    display: flex;
    flex: 1;
    min-width: 0;
    overflow-x: auto;
    scrollbar-width: none;
    align-self: stretch;
  }
  nav a {
    display: flex;
    align-items: center;
    padding: 0 14px;
    color: inherit;
    text-decoration: none;
    white-space: nowrap;
    border-bottom: 3px solid transparent;
    border-top: 3px solid transparent;
    min-height: 48px;
  }
  nav a[aria-current] {
    border-bottom-color: currentColor;
    font-weight: var(--ha-font-weight-medium, 500);
  }
  nav a:focus-visible,
  header .icon-button:focus-visible {
    outline-color: currentColor;
    outline-offset: -3px;
  }
  :host([narrow]) .top {
    flex-wrap: wrap;
  }
  :host([narrow]) nav {
    flex: 0 0 calc(100% + 24px);
    margin: 0 -12px;
    padding: 0 4px;
  }
  :host([narrow]) nav a {
    padding: 0 10px;
  }
  main {
    width: 100%;
    max-width: 1360px;
    margin: 0 auto;
    padding: 16px max(16px, env(safe-area-inset-right))
      calc(32px + env(safe-area-inset-bottom))
      max(16px, env(safe-area-inset-left));
    flex: 1;
  }
  :host([narrow]) main {
    padding-inline: 12px;
  }
  encore-filter-bar {
    margin-bottom: 16px;
  }
  :host([narrow]) encore-filter-bar {
    margin-bottom: 12px;
  }
  .zone {
    margin: -8px 4px 12px;
  }
  .lost {
    padding: 10px 16px;
    margin-bottom: 16px;
    border-inline-start: 4px solid var(--warning-color, #ffa600);
  }
  pre {
    overflow: auto;
    padding: 12px;
    user-select: all;
    background: color-mix(in srgb, currentColor 6%, transparent);
    border-radius: 8px;
  }
`,M=[{name:`now`,usual:`today`,filtered:!0,windowless:!0,administrators:!1,load:()=>g(()=>import(`./now-CHQ6ndJD.js`),[],import.meta.url)},{name:`history`,usual:`all_time`,filtered:!0,windowless:!1,administrators:!1,load:()=>g(()=>import(`./history-CANFs9VF.js`),[],import.meta.url)},{name:`insights`,usual:`this_month`,filtered:!0,windowless:!1,administrators:!1,parameters:[`by`,`step`,`with`],load:()=>g(()=>import(`./insights-DFUyiYsI.js`),[],import.meta.url)},{name:`year`,usual:``,filtered:!0,windowless:!0,administrators:!1,parameters:[`year`,`time`,`from`,`until`],load:()=>g(()=>import(`./year-D5sarZZB.js`),[],import.meta.url)},{name:`import`,usual:``,filtered:!1,windowless:!0,administrators:!0,load:()=>g(()=>import(`./import-DZzXUHFL.js`),[],import.meta.url)},{name:`manage`,usual:``,filtered:!1,windowless:!0,administrators:!0,load:()=>g(()=>import(`./manage-aPq9ZHWG.js`),[],import.meta.url)}],N=6e4,P=3e4,F=class extends s{constructor(...e){super(...e),this.narrow=!1,this.route={prefix:`/encore`,path:``},this._refused=``,this._ready=``,this._missing=``,this._query=location.search,this._connected=!0,this._yaml=``,this.#e=0,this.#n=()=>{this._connected=!1},this.#r=()=>{this._connected=!0,this.#s()},this.#i=()=>{let{prefix:e,path:t}=this.route;location.pathname.startsWith(e)&&(location.pathname.slice(e.length).split(`/`)[1]===t.split(`/`)[1]&&(this._query=location.search),this.requestUpdate(),this.#a())},this.#a=()=>{Date.now()-this.#e>N&&document.visibilityState===`visible`&&this.#s()},this.#u=``,this.#d=null,this.#m=e=>{e.button||e.metaKey||e.ctrlKey||e.shiftKey||(e.preventDefault(),this.#_(e.currentTarget.getAttribute(`href`)))},this.#h=e=>{let t=new URLSearchParams(this._query),n=(this.#c.parameters??[]).map(e=>[e,t.get(e)??``]),r=Object.fromEntries(n);this.#_(`${location.pathname}${y(e.detail,r)}`,!0)},this.#g=e=>{let{page:t=this.#c.name,filters:n,more:r,replace:i}=e.detail,a={...x(this._query),...n};this.#_(`${this.route.prefix}/${t}${y(a,r)}`,i)},this.#v=e=>{this._yaml=e.detail}}static{this.styles=[...s.styles,a,j]}#e;#t;#n;#r;#i;#a;connectedCallback(){super.connectedCallback(),window.addEventListener(`popstate`,this.#i),window.addEventListener(`location-changed`,this.#i),this.addEventListener(`encore-go`,this.#g),this.addEventListener(`encore-yaml`,this.#v),document.addEventListener(`visibilitychange`,this.#a),this._query=location.search,this.hasUpdated&&this.#o()}disconnectedCallback(){super.disconnectedCallback(),window.removeEventListener(`popstate`,this.#i),window.removeEventListener(`location-changed`,this.#i),document.removeEventListener(`visibilitychange`,this.#a),clearTimeout(this.#t),this.hass.connection.removeEventListener(`disconnected`,this.#n),this.hass.connection.removeEventListener(`ready`,this.#r)}firstUpdated(){this.#o()}#o(){this._connected=this.hass.connection.connected,this.hass.connection.addEventListener(`disconnected`,this.#n),this.hass.connection.addEventListener(`ready`,this.#r),this.#s()}async#s(){clearTimeout(this.#t),this.#e=Date.now();try{this._names=await w(this.hass),this._refused=``}catch(e){if(this._names)return;this._refused=p(e),this.isConnected&&(this.#t=setTimeout(()=>void this.#s(),P))}}get#c(){let e=this.route.path.split(`/`)[1];return this.#l.find(t=>t.name===e)??M[0]}get#l(){let e=this._names?.administrator??this.hass.user.is_admin;return M.filter(t=>e||!t.administrators)}willUpdate(e){if(![`hass`,`route`,`_names`].some(t=>e.has(t)))return;let[,t]=this.route.path.split(`/`);this._names&&t&&t!==this.#c.name&&this.#_(`${this.route.prefix}/${this.#c.name}`,!0);let{language:n}=this.hass,{name:r}=this.#c,i=`${n}/${r}`;this._ready!==i&&this.#u!==i&&(this.#u=i,Promise.all([T(n,`shared`,r),this.#c.load()]).then(()=>{this.#u===i&&(this._ready=i)},()=>{this.#u===i&&(this.#u=``,this._missing=i)}))}#u;updated(){let e=this.renderRoot.querySelector(`nav [aria-current]`);e!==this.#d&&(this.#d=e,e?.scrollIntoView({block:`nearest`,inline:`center`}))}#d;render(){let e=this.#c,t=x(this._query),n=e.administrators?null:S(this.hass);return c`<header class="bar">
        <div class="top">
          ${this.narrow?c`<button
                  class="icon-button"
                  aria-label=${this.say(`menu`)}
                  @click=${()=>this.dispatchEvent(new Event(`hass-toggle-menu`,{bubbles:!0,composed:!0}))}
                >
                  ${v(`menu`)}
                </button>`:o}
          <h1>${this.say(`title`)}</h1>
          <nav aria-label=${this.say(`pages`)}>
            ${this.#l.map(n=>c`<a
                  href=${this.#p(n,t)}
                  aria-current=${n===e?`page`:o}
                  @click=${this.#m}
                  >${this.say(`page_${n.name}`)}</a
                >`)}
          </nav>
        </div>
      </header>
      <main>
        ${this._connected?o:c`<p class="surface lost" role="status">
                ${this.say(`disconnected`)}
              </p>`}
        ${this._names?c`<encore-ask-field
                .hass=${this.hass}
                ?narrow=${this.narrow}
              ></encore-ask-field>`:o}
        ${e.filtered&&!this._refused?c`<encore-filter-bar
                .hass=${this.hass}
                .filters=${t}
                .names=${this._names}
                .usual=${e.usual}
                ?windowless=${e.windowless}
                ?narrow=${this.narrow}
                @filters-changed=${this.#h}
              ></encore-filter-bar>`:o}
        ${n?c`<p class="zone quiet small">
                ${this.say(`home_times`,{zone:n.replaceAll(`_`,` `)})}
              </p>`:o}
        ${this.#f(e,t)}
      </main>
      ${this._yaml?c`<encore-dialog
              .hass=${this.hass}
              heading=${this.say(`yaml`)}
              @closed=${()=>this._yaml=``}
            >
              <p class="quiet">${this.say(`yaml_more`)}</p>
              <pre tabindex="0">${this._yaml}</pre>
            </encore-dialog>`:o}`}#f(e,t){if(this._refused)return _(`warning`,this._refused);if(this._missing===`${this.hass.language}/${e.name}`)return _(`warning`,this.say(`not_loaded`),c`${this.say(`not_loaded_more`)}<br /><br /><button
            class="button main"
            @click=${()=>location.reload()}
          >
            ${this.say(`reload`)}
          </button>`);if(!this._names||this._ready!==`${this.hass.language}/${e.name}`)return b(this.say(`waiting`));let n=d(`encore-${e.name}`);return u`<${n}
      .hass=${this.hass}
      .names=${this._names}
      .filters=${t}
      .narrow=${this.narrow}
      .query=${new URLSearchParams(this._query)}
    ></${n}>`}#p(e,t){let n=e.filtered?t:C;return`${this.route.prefix}/${e.name}${y(n)}`}#m;#h;#g;#_(e,t=!1){e&&(history[t?`replaceState`:`pushState`](null,``,e),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:t}})))}#v};n([e({type:Boolean,reflect:!0})],F.prototype,`narrow`,void 0),n([e({attribute:!1})],F.prototype,`route`,void 0),n([e({attribute:!1})],F.prototype,`panel`,void 0),n([t()],F.prototype,`_names`,void 0),n([t()],F.prototype,`_refused`,void 0),n([t()],F.prototype,`_ready`,void 0),n([t()],F.prototype,`_missing`,void 0),n([t()],F.prototype,`_query`,void 0),n([t()],F.prototype,`_connected`,void 0),n([t()],F.prototype,`_yaml`,void 0),F=n([r(`encore-panel`)],F);export{F as EncorePanel};