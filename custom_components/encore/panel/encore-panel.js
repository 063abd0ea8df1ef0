import{a as e,i as t,n,o as r,p as i,r as a,s as o,t as s,u as c}from"./element-8Cbne7HU.js";import{n as l,t as u}from"./static-html-nY2Y4dVq.js";import{s as d}from"./requests-BOXeojnY.js";import"./dialog-DjtXv7Ei.js";import"./filter_bar-7Kq9Xr20.js";import{C as f,E as p,S as m,T as h,b as g,f as _,y as v}from"./format-DsDpedJF.js";import{t as y}from"./names-CV0Jas8W.js";import{t as b}from"./texts-D-mc64cB.js";import{t as x}from"./preload-helper-BQUUbbNx.js";var S=i`
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
`,C=[{name:`now`,usual:`today`,filtered:!0,windowless:!0,administrators:!1,load:()=>x(()=>import(`./now-CfHkRJwK.js`),[],import.meta.url)},{name:`history`,usual:`all_time`,filtered:!0,windowless:!1,administrators:!1,load:()=>x(()=>import(`./history-BdeajbxU.js`),[],import.meta.url)},{name:`insights`,usual:`this_month`,filtered:!0,windowless:!1,administrators:!1,parameters:[`by`,`step`,`with`],load:()=>x(()=>import(`./insights-C9zGvQ5v.js`),[],import.meta.url)},{name:`year`,usual:``,filtered:!0,windowless:!0,administrators:!1,parameters:[`year`,`time`,`from`,`until`],load:()=>x(()=>import(`./year-CEADUi4r.js`),[],import.meta.url)},{name:`import`,usual:``,filtered:!1,windowless:!0,administrators:!0,load:()=>x(()=>import(`./import-Dile_QeD.js`),[],import.meta.url)},{name:`manage`,usual:``,filtered:!1,windowless:!0,administrators:!0,load:()=>x(()=>import(`./manage-CMo2xg_e.js`),[],import.meta.url)}],w=6e4,T=3e4,E=class extends s{constructor(...e){super(...e),this.narrow=!1,this.route={prefix:`/encore`,path:``},this._refused=``,this._ready=``,this._missing=``,this._query=location.search,this._connected=!0,this._yaml=``,this.#e=0,this.#n=()=>{this._connected=!1},this.#r=()=>{this._connected=!0,this.#s()},this.#i=()=>{let{prefix:e,path:t}=this.route;location.pathname.startsWith(e)&&(location.pathname.slice(e.length).split(`/`)[1]===t.split(`/`)[1]&&(this._query=location.search),this.requestUpdate(),this.#a())},this.#a=()=>{Date.now()-this.#e>w&&document.visibilityState===`visible`&&this.#s()},this.#u=``,this.#d=null,this.#m=e=>{e.button||e.metaKey||e.ctrlKey||e.shiftKey||(e.preventDefault(),this.#_(e.currentTarget.getAttribute(`href`)))},this.#h=e=>{let t=new URLSearchParams(this._query),n=(this.#c.parameters??[]).map(e=>[e,t.get(e)??``]),r=Object.fromEntries(n);this.#_(`${location.pathname}${m(e.detail,r)}`,!0)},this.#g=e=>{let{page:t=this.#c.name,filters:n,more:r,replace:i}=e.detail,a={...g(this._query),...n};this.#_(`${this.route.prefix}/${t}${m(a,r)}`,i)},this.#v=e=>{this._yaml=e.detail}}static{this.styles=[...s.styles,a,S]}#e;#t;#n;#r;#i;#a;connectedCallback(){super.connectedCallback(),window.addEventListener(`popstate`,this.#i),window.addEventListener(`location-changed`,this.#i),this.addEventListener(`encore-go`,this.#g),this.addEventListener(`encore-yaml`,this.#v),document.addEventListener(`visibilitychange`,this.#a),this._query=location.search,this.hasUpdated&&this.#o()}disconnectedCallback(){super.disconnectedCallback(),window.removeEventListener(`popstate`,this.#i),window.removeEventListener(`location-changed`,this.#i),document.removeEventListener(`visibilitychange`,this.#a),clearTimeout(this.#t),this.hass.connection.removeEventListener(`disconnected`,this.#n),this.hass.connection.removeEventListener(`ready`,this.#r)}firstUpdated(){this.#o()}#o(){this._connected=this.hass.connection.connected,this.hass.connection.addEventListener(`disconnected`,this.#n),this.hass.connection.addEventListener(`ready`,this.#r),this.#s()}async#s(){clearTimeout(this.#t),this.#e=Date.now();try{this._names=await y(this.hass),this._refused=``}catch(e){if(this._names)return;this._refused=d(e),this.isConnected&&(this.#t=setTimeout(()=>void this.#s(),T))}}get#c(){let e=this.route.path.split(`/`)[1];return this.#l.find(t=>t.name===e)??C[0]}get#l(){let e=this._names?.administrator??this.hass.user.is_admin;return C.filter(t=>e||!t.administrators)}willUpdate(e){if(![`hass`,`route`,`_names`].some(t=>e.has(t)))return;let[,t]=this.route.path.split(`/`);this._names&&t&&t!==this.#c.name&&this.#_(`${this.route.prefix}/${this.#c.name}`,!0);let{language:n}=this.hass,{name:r}=this.#c,i=`${n}/${r}`;this._ready!==i&&this.#u!==i&&(this.#u=i,Promise.all([b(n,`shared`,r),this.#c.load()]).then(()=>{this.#u===i&&(this._ready=i)},()=>{this.#u===i&&(this.#u=``,this._missing=i)}))}#u;updated(){let e=this.renderRoot.querySelector(`nav [aria-current]`);e!==this.#d&&(this.#d=e,e?.scrollIntoView({block:`nearest`,inline:`center`}))}#d;render(){let e=this.#c,t=g(this._query),n=e.administrators?null:_(this.hass);return c`<header class="bar">
        <div class="top">
          ${this.narrow?c`<button
                  class="icon-button"
                  aria-label=${this.say(`menu`)}
                  @click=${()=>this.dispatchEvent(new Event(`hass-toggle-menu`,{bubbles:!0,composed:!0}))}
                >
                  ${p(`menu`)}
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
            </encore-dialog>`:o}`}#f(e,t){if(this._refused)return f(`warning`,this._refused);if(this._missing===`${this.hass.language}/${e.name}`)return f(`warning`,this.say(`not_loaded`),c`${this.say(`not_loaded_more`)}<br /><br /><button
            class="button main"
            @click=${()=>location.reload()}
          >
            ${this.say(`reload`)}
          </button>`);if(!this._names||this._ready!==`${this.hass.language}/${e.name}`)return h(this.say(`waiting`));let n=u(`encore-${e.name}`);return l`<${n}
      .hass=${this.hass}
      .names=${this._names}
      .filters=${t}
      .narrow=${this.narrow}
      .query=${new URLSearchParams(this._query)}
    ></${n}>`}#p(e,t){let n=e.filtered?t:v;return`${this.route.prefix}/${e.name}${m(n)}`}#m;#h;#g;#_(e,t=!1){e&&(history[t?`replaceState`:`pushState`](null,``,e),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:t}})))}#v};n([e({type:Boolean,reflect:!0})],E.prototype,`narrow`,void 0),n([e({attribute:!1})],E.prototype,`route`,void 0),n([e({attribute:!1})],E.prototype,`panel`,void 0),n([t()],E.prototype,`_names`,void 0),n([t()],E.prototype,`_refused`,void 0),n([t()],E.prototype,`_ready`,void 0),n([t()],E.prototype,`_missing`,void 0),n([t()],E.prototype,`_query`,void 0),n([t()],E.prototype,`_connected`,void 0),n([t()],E.prototype,`_yaml`,void 0),E=n([r(`encore-panel`)],E);export{E as EncorePanel};