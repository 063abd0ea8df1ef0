import{a as e,i as t,n,o as r,p as i,r as a,s as o,t as s,u as c}from"./element-NA6gu5sY.js";import{n as l,t as u}from"./static-html-DHnuaYjj.js";import{a as d}from"./asking-BgTzNmwv.js";import"./dialog-BB58bvd0.js";import"./filter_bar-ApwuJSrd.js";import{c as f,i as p,n as m,o as h,s as g,t as _}from"./filters-B2Z4ddSS.js";import{t as v}from"./names-CV0Jas8W.js";import{t as y}from"./texts-erWK7hde.js";import{t as b}from"./preload-helper-BQUUbbNx.js";var x=[{name:`now`,usual:`today`,filtered:!0,windowless:!0,administrators:!1,load:()=>b(()=>import(`./now-2id9ocoE.js`),[],import.meta.url)},{name:`history`,usual:`all_time`,filtered:!0,windowless:!1,administrators:!1,load:()=>b(()=>import(`./history-DJZbD8p2.js`),[],import.meta.url)},{name:`insights`,usual:`this_month`,filtered:!0,windowless:!1,administrators:!1,keeps:[`by`,`step`,`with`],load:()=>b(()=>import(`./insights-DfgpMIRe.js`),[],import.meta.url)},{name:`year`,usual:``,filtered:!0,windowless:!0,administrators:!1,keeps:[`year`,`time`,`from`,`until`],load:()=>b(()=>import(`./year-Dg_YpLw3.js`),[],import.meta.url)},{name:`import`,usual:``,filtered:!1,windowless:!0,administrators:!0,load:()=>b(()=>import(`./import-D4wj5zIX.js`),[],import.meta.url)},{name:`manage`,usual:``,filtered:!1,windowless:!0,administrators:!0,load:()=>b(()=>import(`./manage-BRepOBhA.js`),[],import.meta.url)}],S=6e4,C=class extends s{constructor(...e){super(...e),this.narrow=!1,this.route={prefix:`/encore`,path:``},this._refused=``,this._ready=``,this._query=location.search,this._connected=!0,this._yaml=``,this.#t=()=>{this._connected=!1},this.#n=()=>{this._connected=!0,this.#a()},this.#r=()=>{this._query=location.search,this.requestUpdate()},this.#c=``,this.#d=e=>{e.button||e.metaKey||e.ctrlKey||e.shiftKey||(e.preventDefault(),this.#m(e.currentTarget.getAttribute(`href`)))},this.#f=e=>{let t=new URLSearchParams(this._query),n=(this.#o.keeps??[]).map(e=>[e,t.get(e)??``]),r=Object.fromEntries(n);this.#m(`${location.pathname}${p(e.detail,r)}`,!0)},this.#p=e=>{let{page:t=this.#o.name,filters:n,more:r,replace:i}=e.detail,a={...m(this._query),...n};this.#m(`${this.route.prefix}/${t}${p(a,r)}`,i)},this.#h=e=>{this._yaml=e.detail}}static{this.styles=[...s.styles,a,i`
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
        flex: 0 0 100%;
        margin: 0 -12px;
        padding: 0 4px;
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
    `]}#e;#t;#n;#r;connectedCallback(){super.connectedCallback(),window.addEventListener(`popstate`,this.#r),window.addEventListener(`location-changed`,this.#r),this.addEventListener(`encore-go`,this.#p),this.addEventListener(`encore-yaml`,this.#h),this._query=location.search,this.#e=setInterval(()=>void this.#a(),S),this.hasUpdated&&this.#i()}disconnectedCallback(){super.disconnectedCallback(),window.removeEventListener(`popstate`,this.#r),window.removeEventListener(`location-changed`,this.#r),clearInterval(this.#e),this.hass.connection.removeEventListener(`disconnected`,this.#t),this.hass.connection.removeEventListener(`ready`,this.#n)}firstUpdated(){this.#i()}#i(){this._connected=this.hass.connection.connected,this.hass.connection.addEventListener(`disconnected`,this.#t),this.hass.connection.addEventListener(`ready`,this.#n),this.#a()}async#a(){try{this._names=await v(this.hass),this._refused=``}catch(e){this._names||(this._refused=d(e))}}get#o(){let e=this.route.path.split(`/`)[1];return this.#s.find(t=>t.name===e)??x[0]}get#s(){let e=this._names?.administrator??this.hass.user.is_admin;return x.filter(t=>e||!t.administrators)}willUpdate(e){if(!e.has(`hass`)&&!e.has(`route`))return;let{language:t}=this.hass,{name:n}=this.#o,r=`${t}/${n}`;this._ready!==r&&this.#c!==r&&(this.#c=r,Promise.all([y(t,`shared`,n),this.#o.load()]).then(()=>{this.#c===r&&(this._ready=r)},e=>this._refused=d(e)))}#c;render(){let e=this.#o,t=m(this._query);return c`<header class="bar">
        <div class="top">
          ${this.narrow?c`<button
                  class="icon-button"
                  aria-label=${this.say(`menu`)}
                  @click=${()=>this.dispatchEvent(new Event(`hass-toggle-menu`,{bubbles:!0,composed:!0}))}
                >
                  ${f(`menu`)}
                </button>`:o}
          <h1>${this.say(`title`)}</h1>
          <nav aria-label=${this.say(`pages`)}>
            ${this.#s.map(n=>c`<a
                  href=${this.#u(n,t)}
                  aria-current=${n===e?`page`:o}
                  @click=${this.#d}
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
                @filters-changed=${this.#f}
              ></encore-filter-bar>`:o}
        ${this.#l(e,t)}
      </main>
      ${this._yaml?c`<encore-dialog
              .hass=${this.hass}
              heading=${this.say(`yaml`)}
              @closed=${()=>this._yaml=``}
            >
              <p class="quiet">${this.say(`yaml_more`)}</p>
              <pre tabindex="0">${this._yaml}</pre>
            </encore-dialog>`:o}`}#l(e,t){if(this._refused)return h(`warning`,this._refused);if(!this._names||this._ready!==`${this.hass.language}/${e.name}`)return g(this.say(`waiting`));let n=u(`encore-${e.name}`);return l`<${n}
      .hass=${this.hass}
      .names=${this._names}
      .filters=${t}
      .narrow=${this.narrow}
      .query=${new URLSearchParams(this._query)}
    ></${n}>`}#u(e,t){let n=e.filtered?t:_;return`${this.route.prefix}/${e.name}${p(n)}`}#d;#f;#p;#m(e,t=!1){e&&(history[t?`replaceState`:`pushState`](null,``,e),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:t}})))}#h};n([e({type:Boolean,reflect:!0})],C.prototype,`narrow`,void 0),n([e({attribute:!1})],C.prototype,`route`,void 0),n([e({attribute:!1})],C.prototype,`panel`,void 0),n([t()],C.prototype,`_names`,void 0),n([t()],C.prototype,`_refused`,void 0),n([t()],C.prototype,`_ready`,void 0),n([t()],C.prototype,`_query`,void 0),n([t()],C.prototype,`_connected`,void 0),n([t()],C.prototype,`_yaml`,void 0),C=n([r(`encore-panel`)],C);export{C as EncorePanel};