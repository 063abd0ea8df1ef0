import{A as e,C as t,D as n,S as r,c as i,d as a,f as o,i as s,l as c,m as l,n as u,o as d,s as f,t as p,u as m,w as h,x as g,y as _}from"./filters-BD6RcXjk.js";import"./dialog-bXfIAg1N.js";var v=Symbol.for(``),y=e=>{if(e?.r===v)return e?._$litStatic$},b=e=>({_$litStatic$:e,r:v}),x=new Map,S=(e=>(t,...n)=>{let r=n.length,i,a,o=[],s=[],c,l=0,u=!1;for(;l<r;){for(c=t[l];l<r&&(a=n[l],(i=y(a))!==void 0);)c+=i+t[++l],u=!0;l!==r&&s.push(a),o.push(c),l++}if(l===r&&o.push(t[r]),u){let e=o.join(`$$lit$$`);(t=x.get(e))===void 0&&(o.raw=o,x.set(e,t=o)),n=s}return e(t,...n)})(n),C=[`today`,`yesterday`,`last_night`,`this_week`,`last_week`,`this_month`,`last_month`,`this_year`,`last_year`,`all_time`],w=[`music`,`podcast`,`audiobook`,`radio`,`television`,`line_in`],T=`between`,E=class extends c{constructor(...e){super(...e),this.usual=``,this.windowless=!1,this._between=!1,this.#n=e=>{let{value:t}=e.target;this._between=t===T,this._between||this.#i({window:t===this.usual?``:t,start:``,end:``})},this.#r=e=>t=>this.#i({window:``,[e]:t.target.value})}static{this.styles=[...c.styles,e`
      :host {
        display: block;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
      }
      label {
        display: contents;
      }
      select {
        border-radius: 18px;
        max-width: min(220px, 46vw);
        padding-inline: 12px;
      }
      select.chosen {
        border-color: var(--primary-color, #03a9f4);
        background: color-mix(
          in srgb,
          var(--primary-color, #03a9f4) 14%,
          var(--encore-surface)
        );
      }
    `]}render(){let{filters:e,names:t}=this,r=this._between||!!(e.start||e.end);return n`<form
      role="search"
      aria-label=${this.say(`filters`)}
      @submit=${e=>e.preventDefault()}
    >
      ${this.windowless?h:n`<label
                ><span class="unseen">${this.say(`window`)}</span>
                <select
                  class=${e.window||r?`chosen`:``}
                  @change=${this.#n}
                >
                  ${this.#e(r)}
                </select></label
              >
              ${r?n`<label
                        ><span class="unseen">${this.say(`from`)}</span
                        ><input
                          type="date"
                          .value=${e.start.slice(0,10)}
                          @change=${this.#r(`start`)}
                      /></label>
                      <label
                        ><span class="unseen">${this.say(`until`)}</span
                        ><input
                          type="date"
                          .value=${e.end.slice(0,10)}
                          @change=${this.#r(`end`)}
                      /></label>`:h}`}
      ${this.#t(`listener`,[[``,this.say(`everyone`)],...(t?.listeners??[]).map(e=>[e.name,e.name]),...(t?.groups??[]).map(e=>[e,e])])}
      ${this.#t(`room`,[[``,this.say(`every_room`)],...(t?.rooms??[]).map(e=>[e,e])])}
      ${this.#t(`kind`,[[``,this.say(`every_kind`)],...w.map(e=>[e,this.say(`kind_${e}`)])])}
    </form>`}#e(e){let{window:t}=this.filters,r=e?T:t||this.usual,i=C.filter(e=>e!==this.usual);return this.usual&&i.unshift(this.usual),t&&!i.includes(t)&&i.unshift(t),n`${i.map(e=>{let t=this.say(`window_${e}`);return n`<option value=${e} ?selected=${e===r}>
          ${t===`window_${e}`?e.replaceAll(`_`,` `):t}
        </option>`})}
      <option value=${T} ?selected=${e}>
        ${this.say(`window_between`)}
      </option>`}#t(e,t){let r=this.filters[e],i=t.some(([e])=>e===r)?t:[...t,[r,r]];return n`<label
      ><span class="unseen">${this.say(e)}</span>
      <select
        class=${r?`chosen`:``}
        @change=${t=>this.#i({[e]:t.target.value})}
      >
        ${i.map(([e,t])=>n`<option value=${e} ?selected=${e===r}>
              ${t}
            </option>`)}
      </select></label
    >`}#n;#r;#i(e){this.dispatchEvent(new CustomEvent(`filters-changed`,{detail:{...this.filters,...e}}))}};m([r({attribute:!1})],E.prototype,`filters`,void 0),m([r({attribute:!1})],E.prototype,`names`,void 0),m([r()],E.prototype,`usual`,void 0),m([r({type:Boolean})],E.prototype,`windowless`,void 0),m([r({type:Boolean})],E.prototype,`_between`,void 0),E=m([t(`encore-filter-bar`)],E);var D=e=>e.connection.sendMessagePromise({type:`encore/names`}),O=[{name:`history`,usual:`all_time`,filtered:!0,windowless:!1,administrators:!1,load:()=>l(()=>import(`./history-DQO1DeLR.js`),[],import.meta.url)},{name:`insights`,usual:`this_month`,filtered:!0,windowless:!1,administrators:!1,load:()=>l(()=>import(`./insights-CKK9B_m1.js`),[],import.meta.url)},{name:`import`,usual:``,filtered:!1,windowless:!0,administrators:!0,load:()=>l(()=>import(`./import-B5r_ZyWD.js`),[],import.meta.url)},{name:`manage`,usual:``,filtered:!1,windowless:!0,administrators:!0,load:()=>l(()=>import(`./manage-C07w8RuV.js`),[],import.meta.url)}],k=6e4,A=class extends c{constructor(...e){super(...e),this.narrow=!1,this.route={prefix:`/encore`,path:``},this._refused=``,this._ready=``,this._query=location.search,this._connected=!0,this._yaml=``,this.#t=()=>{this._connected=!1},this.#n=()=>{this._connected=!0,this.#a()},this.#r=()=>{this._query=location.search,this.requestUpdate()},this.#c=``,this.#d=e=>{e.button||e.metaKey||e.ctrlKey||e.shiftKey||(e.preventDefault(),this.#m(e.currentTarget.getAttribute(`href`)))},this.#f=e=>{this.#m(`${location.pathname}${s(e.detail)}`,!0)},this.#p=e=>{let{page:t=this.#o.name,filters:n,more:r,replace:i}=e.detail,a={...u(this._query),...n};this.#m(`${this.route.prefix}/${t}${s(a,r)}`,i)},this.#h=e=>{this._yaml=e.detail}}static{this.styles=[...c.styles,a,e`
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
    `]}#e;#t;#n;#r;connectedCallback(){super.connectedCallback(),window.addEventListener(`popstate`,this.#r),window.addEventListener(`location-changed`,this.#r),this.addEventListener(`encore-go`,this.#p),this.addEventListener(`encore-yaml`,this.#h),this._query=location.search,this.#e=setInterval(()=>void this.#a(),k),this.hasUpdated&&this.#i()}disconnectedCallback(){super.disconnectedCallback(),window.removeEventListener(`popstate`,this.#r),window.removeEventListener(`location-changed`,this.#r),clearInterval(this.#e),this.hass.connection.removeEventListener(`disconnected`,this.#t),this.hass.connection.removeEventListener(`ready`,this.#n)}firstUpdated(){this.#i()}#i(){this._connected=this.hass.connection.connected,this.hass.connection.addEventListener(`disconnected`,this.#t),this.hass.connection.addEventListener(`ready`,this.#n),this.#a()}async#a(){try{this._names=await D(this.hass),this._refused=``}catch(e){this._names||(this._refused=_(e))}}get#o(){let e=this.route.path.split(`/`)[1];return this.#s.find(t=>t.name===e)??O[0]}get#s(){let e=this._names?.administrator??this.hass.user.is_admin;return O.filter(t=>e||!t.administrators)}willUpdate(e){if(!e.has(`hass`)&&!e.has(`route`))return;let{language:t}=this.hass,{name:n}=this.#o,r=`${t}/${n}`;this._ready!==r&&this.#c!==r&&(this.#c=r,Promise.all([o(t,`shared`,n),this.#o.load()]).then(()=>{this.#c===r&&(this._ready=r)},e=>this._refused=_(e)))}#c;render(){let e=this.#o,t=u(this._query);return n`<header class="bar">
        <div class="top">
          ${this.narrow?n`<button
                  class="icon-button"
                  aria-label=${this.say(`menu`)}
                  @click=${()=>this.dispatchEvent(new Event(`hass-toggle-menu`,{bubbles:!0,composed:!0}))}
                >
                  ${i(`menu`)}
                </button>`:h}
          <h1>${this.say(`title`)}</h1>
          <nav aria-label=${this.say(`pages`)}>
            ${this.#s.map(r=>n`<a
                  href=${this.#u(r,t)}
                  aria-current=${r===e?`page`:h}
                  @click=${this.#d}
                  >${this.say(`page_${r.name}`)}</a
                >`)}
          </nav>
        </div>
      </header>
      <main>
        ${this._connected?h:n`<p class="surface lost" role="status">
                ${this.say(`disconnected`)}
              </p>`}
        ${e.filtered&&!this._refused?n`<encore-filter-bar
                .hass=${this.hass}
                .filters=${t}
                .names=${this._names}
                .usual=${e.usual}
                ?windowless=${e.windowless}
                @filters-changed=${this.#f}
              ></encore-filter-bar>`:h}
        ${this.#l(e,t)}
      </main>
      ${this._yaml?n`<encore-dialog
              .hass=${this.hass}
              heading=${this.say(`yaml`)}
              @closed=${()=>this._yaml=``}
            >
              <p class="quiet">${this.say(`yaml_more`)}</p>
              <pre tabindex="0">${this._yaml}</pre>
            </encore-dialog>`:h}`}#l(e,t){if(this._refused)return d(`warning`,this._refused);if(!this._names||this._ready!==`${this.hass.language}/${e.name}`)return f(this.say(`waiting`));let n=b(`encore-${e.name}`);return S`<${n}
      .hass=${this.hass}
      .names=${this._names}
      .filters=${t}
      .narrow=${this.narrow}
      .query=${new URLSearchParams(this._query)}
    ></${n}>`}#u(e,t){let n=e.filtered?t:p;return`${this.route.prefix}/${e.name}${s(n)}`}#d;#f;#p;#m(e,t=!1){e&&(history[t?`replaceState`:`pushState`](null,``,e),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:t}})))}#h};m([r({type:Boolean,reflect:!0})],A.prototype,`narrow`,void 0),m([r({attribute:!1})],A.prototype,`route`,void 0),m([r({attribute:!1})],A.prototype,`panel`,void 0),m([g()],A.prototype,`_names`,void 0),m([g()],A.prototype,`_refused`,void 0),m([g()],A.prototype,`_ready`,void 0),m([g()],A.prototype,`_query`,void 0),m([g()],A.prototype,`_connected`,void 0),m([g()],A.prototype,`_yaml`,void 0),A=m([t(`encore-panel`)],A);export{A as EncorePanel};