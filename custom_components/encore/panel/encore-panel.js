import{C as e,E as t,S as n,b as r,c as i,d as a,f as o,i as s,k as c,l,m as u,n as d,o as f,s as p,t as m,u as h,v as g,x as _}from"./filters-vtykOekN.js";import{t as v}from"./query-DDQkTGvL.js";var y=Symbol.for(``),b=e=>{if(e?.r===y)return e?._$litStatic$},x=e=>({_$litStatic$:e,r:y}),S=new Map,C=(e=>(t,...n)=>{let r=n.length,i,a,o=[],s=[],c,l=0,u=!1;for(;l<r;){for(c=t[l];l<r&&(a=n[l],(i=b(a))!==void 0);)c+=i+t[++l],u=!0;l!==r&&s.push(a),o.push(c),l++}if(l===r&&o.push(t[r]),u){let e=o.join(`$$lit$$`);(t=S.get(e))===void 0&&(o.raw=o,S.set(e,t=o)),n=s}return e(t,...n)})(t),w=class extends l{constructor(...e){super(...e),this.heading=``}static{this.styles=[...l.styles,c`
      dialog {
        color: inherit;
        padding: 0;
        width: min(560px, calc(100vw - 24px));
        max-height: min(88vh, 900px);
        overflow: hidden;
      }
      dialog[open] {
        display: flex;
        flex-direction: column;
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 50%);
      }
      header {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 12px 12px 8px 20px;
      }
      header h2 {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .body {
        padding: 0 20px 16px;
        overflow: auto;
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: 8px;
        padding: 8px 16px 16px;
      }
    `]}render(){return t`<dialog
      class="surface"
      aria-labelledby="heading"
      @close=${()=>this.dispatchEvent(new Event(`closed`))}
      @click=${e=>{e.target===this._dialog&&this._dialog.close()}}
    >
      <header>
        <h2 id="heading">${this.heading}</h2>
        <button
          class="icon-button"
          aria-label=${this.say(`close`)}
          @click=${()=>this._dialog.close()}
        >
          ${i(`close`)}
        </button>
      </header>
      <div class="body" tabindex="-1"><slot></slot></div>
      <footer><slot name="actions"></slot></footer>
    </dialog>`}firstUpdated(e){this._dialog.showModal()}close(){this._dialog.close()}};h([_()],w.prototype,`heading`,void 0),h([v(`dialog`)],w.prototype,`_dialog`,void 0),w=h([n(`encore-dialog`)],w);var T=[`today`,`yesterday`,`last_night`,`this_week`,`last_week`,`this_month`,`last_month`,`this_year`,`last_year`,`all_time`],E=[`music`,`podcast`,`audiobook`,`radio`,`television`,`line_in`],D=`between`,O=class extends l{constructor(...e){super(...e),this.usual=``,this.windowless=!1,this._between=!1,this.#n=e=>{let{value:t}=e.target;this._between=t===D,this._between||this.#i({window:t===this.usual?``:t,start:``,end:``})},this.#r=e=>t=>this.#i({window:``,[e]:t.target.value})}static{this.styles=[...l.styles,c`
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
    `]}render(){let{filters:n,names:r}=this,i=this._between||!!(n.start||n.end);return t`<form
      role="search"
      aria-label=${this.say(`filters`)}
      @submit=${e=>e.preventDefault()}
    >
      ${this.windowless?e:t`<label
                ><span class="unseen">${this.say(`window`)}</span>
                <select
                  class=${n.window||i?`chosen`:``}
                  @change=${this.#n}
                >
                  ${this.#e(i)}
                </select></label
              >
              ${i?t`<label
                        ><span class="unseen">${this.say(`from`)}</span
                        ><input
                          type="date"
                          .value=${n.start.slice(0,10)}
                          @change=${this.#r(`start`)}
                      /></label>
                      <label
                        ><span class="unseen">${this.say(`until`)}</span
                        ><input
                          type="date"
                          .value=${n.end.slice(0,10)}
                          @change=${this.#r(`end`)}
                      /></label>`:e}`}
      ${this.#t(`listener`,[[``,this.say(`everyone`)],...(r?.listeners??[]).map(e=>[e.name,e.name]),...(r?.groups??[]).map(e=>[e,e])])}
      ${this.#t(`room`,[[``,this.say(`every_room`)],...(r?.rooms??[]).map(e=>[e,e])])}
      ${this.#t(`kind`,[[``,this.say(`every_kind`)],...E.map(e=>[e,this.say(`kind_${e}`)])])}
    </form>`}#e(e){let{window:n}=this.filters,r=e?D:n||this.usual,i=T.filter(e=>e!==this.usual);return this.usual&&i.unshift(this.usual),n&&!i.includes(n)&&i.unshift(n),t`${i.map(e=>{let n=this.say(`window_${e}`);return t`<option value=${e} ?selected=${e===r}>
          ${n===`window_${e}`?e.replaceAll(`_`,` `):n}
        </option>`})}
      <option value=${D} ?selected=${e}>
        ${this.say(`window_between`)}
      </option>`}#t(e,n){let r=this.filters[e],i=n.some(([e])=>e===r)?n:[...n,[r,r]];return t`<label
      ><span class="unseen">${this.say(e)}</span>
      <select
        class=${r?`chosen`:``}
        @change=${t=>this.#i({[e]:t.target.value})}
      >
        ${i.map(([e,n])=>t`<option value=${e} ?selected=${e===r}>
              ${n}
            </option>`)}
      </select></label
    >`}#n;#r;#i(e){this.dispatchEvent(new CustomEvent(`filters-changed`,{detail:{...this.filters,...e}}))}};h([_({attribute:!1})],O.prototype,`filters`,void 0),h([_({attribute:!1})],O.prototype,`names`,void 0),h([_()],O.prototype,`usual`,void 0),h([_({type:Boolean})],O.prototype,`windowless`,void 0),h([_({type:Boolean})],O.prototype,`_between`,void 0),O=h([n(`encore-filter-bar`)],O);var k=e=>e.connection.sendMessagePromise({type:`encore/names`}),A=[{name:`insights`,usual:`this_month`,filtered:!0,windowless:!1,administrators:!1,load:()=>u(()=>import(`./insights-aeEPTTfM.js`),[],import.meta.url)},{name:`import`,usual:``,filtered:!1,windowless:!0,administrators:!0,load:()=>u(()=>import(`./import-NvygV9l3.js`),[],import.meta.url)},{name:`manage`,usual:``,filtered:!1,windowless:!0,administrators:!0,load:()=>u(()=>import(`./manage-DDRm3jOF.js`),[],import.meta.url)}],j=6e4,M=class extends l{constructor(...e){super(...e),this.narrow=!1,this.route={prefix:`/encore`,path:``},this._refused=``,this._ready=``,this._query=location.search,this._connected=!0,this._yaml=``,this.#t=()=>{this._connected=!1},this.#n=()=>{this._connected=!0,this.#a()},this.#r=()=>{this._query=location.search,this.requestUpdate()},this.#c=``,this.#d=e=>{e.button||e.metaKey||e.ctrlKey||e.shiftKey||(e.preventDefault(),this.#m(e.currentTarget.getAttribute(`href`)))},this.#f=e=>{this.#m(`${location.pathname}${s(e.detail)}`,!0)},this.#p=e=>{let{page:t=this.#o.name,filters:n,more:r,replace:i}=e.detail,a={...d(this._query),...n};this.#m(`${this.route.prefix}/${t}${s(a,r)}`,i)},this.#h=e=>{this._yaml=e.detail}}static{this.styles=[...l.styles,a,c`
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
    `]}#e;#t;#n;#r;connectedCallback(){super.connectedCallback(),window.addEventListener(`popstate`,this.#r),window.addEventListener(`location-changed`,this.#r),this.addEventListener(`encore-go`,this.#p),this.addEventListener(`encore-yaml`,this.#h),this._query=location.search,this.#e=setInterval(()=>void this.#a(),j),this.hasUpdated&&this.#i()}disconnectedCallback(){super.disconnectedCallback(),window.removeEventListener(`popstate`,this.#r),window.removeEventListener(`location-changed`,this.#r),clearInterval(this.#e),this.hass.connection.removeEventListener(`disconnected`,this.#t),this.hass.connection.removeEventListener(`ready`,this.#n)}firstUpdated(){this.#i()}#i(){this._connected=this.hass.connection.connected,this.hass.connection.addEventListener(`disconnected`,this.#t),this.hass.connection.addEventListener(`ready`,this.#n),this.#a()}async#a(){try{this._names=await k(this.hass),this._refused=``}catch(e){this._names||(this._refused=g(e))}}get#o(){let e=this.route.path.split(`/`)[1];return this.#s.find(t=>t.name===e)??A[0]}get#s(){let e=this._names?.administrator??this.hass.user.is_admin;return A.filter(t=>e||!t.administrators)}willUpdate(e){if(!e.has(`hass`)&&!e.has(`route`))return;let{language:t}=this.hass,{name:n}=this.#o,r=`${t}/${n}`;this._ready!==r&&this.#c!==r&&(this.#c=r,Promise.all([o(t,`shared`,n),this.#o.load()]).then(()=>{this.#c===r&&(this._ready=r)},e=>this._refused=g(e)))}#c;render(){let n=this.#o,r=d(this._query);return t`<header class="bar">
        <div class="top">
          ${this.narrow?t`<button
                  class="icon-button"
                  aria-label=${this.say(`menu`)}
                  @click=${()=>this.dispatchEvent(new Event(`hass-toggle-menu`,{bubbles:!0,composed:!0}))}
                >
                  ${i(`menu`)}
                </button>`:e}
          <h1>${this.say(`title`)}</h1>
          <nav aria-label=${this.say(`pages`)}>
            ${this.#s.map(i=>t`<a
                  href=${this.#u(i,r)}
                  aria-current=${i===n?`page`:e}
                  @click=${this.#d}
                  >${this.say(`page_${i.name}`)}</a
                >`)}
          </nav>
        </div>
      </header>
      <main>
        ${this._connected?e:t`<p class="surface lost" role="status">
                ${this.say(`disconnected`)}
              </p>`}
        ${n.filtered&&!this._refused?t`<encore-filter-bar
                .hass=${this.hass}
                .filters=${r}
                .names=${this._names}
                .usual=${n.usual}
                ?windowless=${n.windowless}
                @filters-changed=${this.#f}
              ></encore-filter-bar>`:e}
        ${this.#l(n,r)}
      </main>
      ${this._yaml?t`<encore-dialog
              .hass=${this.hass}
              heading=${this.say(`yaml`)}
              @closed=${()=>this._yaml=``}
            >
              <p class="quiet">${this.say(`yaml_more`)}</p>
              <pre tabindex="0">${this._yaml}</pre>
            </encore-dialog>`:e}`}#l(e,t){if(this._refused)return f(`warning`,this._refused);if(!this._names||this._ready!==`${this.hass.language}/${e.name}`)return p(this.say(`waiting`));let n=x(`encore-${e.name}`);return C`<${n}
      .hass=${this.hass}
      .names=${this._names}
      .filters=${t}
      .narrow=${this.narrow}
      .query=${new URLSearchParams(this._query)}
    ></${n}>`}#u(e,t){let n=e.filtered?t:m;return`${this.route.prefix}/${e.name}${s(n)}`}#d;#f;#p;#m(e,t=!1){e&&(history[t?`replaceState`:`pushState`](null,``,e),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:t}})))}#h};h([_({type:Boolean,reflect:!0})],M.prototype,`narrow`,void 0),h([_({attribute:!1})],M.prototype,`route`,void 0),h([_({attribute:!1})],M.prototype,`panel`,void 0),h([r()],M.prototype,`_names`,void 0),h([r()],M.prototype,`_refused`,void 0),h([r()],M.prototype,`_ready`,void 0),h([r()],M.prototype,`_query`,void 0),h([r()],M.prototype,`_connected`,void 0),h([r()],M.prototype,`_yaml`,void 0),M=h([n(`encore-panel`)],M);export{M as EncorePanel};