import{C as e,T as t,_ as n,a as r,b as i,c as a,d as o,h as s,l as c,m as l,p as u,r as d,t as f,u as p,v as m,x as h,y as g}from"./filters-Cy2qXIgd.js";var _=document.createElement(`canvas`).getContext(`2d`,{willReadFrequently:!0}),v=(e,t=`#7f7f7f`)=>{if(!_)return[127,127,127];_.clearRect(0,0,1,1);for(let n of[t,e])_.fillStyle=n,_.fillRect(0,0,1,1);let[n=0,r=0,i=0]=_.getImageData(0,0,1,1).data;return[n,r,i]},y=e=>{let t=getComputedStyle(e),n=(e,n,r)=>{let[i,a,o]=v(t.getPropertyValue(e).trim()||n,r);return`rgb(${i},${a},${o})`},r=n(`--primary-color`,`#03a9f4`),i=n(`--ha-card-background`,t.getPropertyValue(`--card-background-color`).trim()||`#fff`);return{text:n(`--primary-text-color`,`#212121`),quiet:n(`--secondary-text-color`,`#727272`),line:n(`--divider-color`,`#e0e0e0`,i),surface:i,primary:r,accent:n(`--accent-color`,`#ff9800`),error:n(`--error-color`,`#db4437`),series:[r,n(`--accent-color`,`#ff9800`),n(`--success-color`,`#43a047`),n(`--purple-color`,`#926bc7`),n(`--teal-color`,`#009688`),n(`--pink-color`,`#e91e63`)]}},b=class extends c{constructor(...e){super(...e),this.label=``,this.height=240}static{this.styles=[...c.styles,t`
      :host {
        display: block;
        width: 100%;
      }
    `]}#e;#t;#n;connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.#r()}disconnectedCallback(){super.disconnectedCallback(),this.#t?.disconnect(),this.#e?.dispose(),this.#e=void 0}shouldUpdate(e){let t=this.hass.themes.darkMode,n=t!==this.#n;return this.#n=t,n||e.size>1||!e.has(`hass`)}render(){return e`<div
      role="img"
      aria-label=${this.label}
      style="height: ${this.height}px"
    ></div>`}firstUpdated(){this.#r()}updated(){this.#i()}async#r(){let{init:e}=await l(async()=>{let{init:e}=await import(`./echarts-D3T3qqQ_.js`);return{init:e}},[],import.meta.url);!this.isConnected||this.#e||(this.#e=e(this._place,null,{renderer:`svg`}),this.#e.on(`click`,e=>this.dispatchEvent(new CustomEvent(`chart-pick`,{detail:{index:e.dataIndex,data:e.data,name:e.name}}))),this.#t=new ResizeObserver(()=>this.#e?.resize()),this.#t.observe(this._place),this.#i())}#i(){if(!this.#e||!this.draw)return;let e=y(this);this.#e.setOption({animationDuration:matchMedia(`(prefers-reduced-motion: reduce)`).matches?0:300,textStyle:{fontFamily:getComputedStyle(this).fontFamily,color:e.text},...this.draw(e)},!0)}};p([g({attribute:!1})],b.prototype,`draw`,void 0),p([g()],b.prototype,`label`,void 0),p([g({type:Number})],b.prototype,`height`,void 0),p([n(`div`)],b.prototype,`_place`,void 0),b=p([i(`encore-chart`)],b);var x=new Map,S=(e,t)=>{let n=x.get(t);if(n)return n;let r=e.fetchWithAuth(t).then(async e=>e.ok?e.headers.get(`Content-Type`)?.startsWith(`application/json`)?(await e.json()).address:URL.createObjectURL(await e.blob()):null).catch(()=>null);return x.set(t,r),r},C=class extends c{constructor(...e){super(...e),this.uri=null,this.artist=null,this.src=null,this.name=``,this.round=!1,this._picture=null,this.#t=!1}static{this.styles=[...c.styles,t`
      :host {
        display: block;
        flex: none;
        width: var(--encore-cover, 44px);
        height: var(--encore-cover, 44px);
        border-radius: var(--encore-cover-radius, 6px);
        overflow: hidden;
      }
      :host([round]) {
        border-radius: 50%;
      }
      img,
      .none {
        display: grid;
        place-items: center;
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
      .none svg {
        width: 45%;
        height: 45%;
        fill: #fff;
        opacity: 0.85;
      }
    `]}#e;#t;connectedCallback(){super.connectedCallback(),this.#e=new IntersectionObserver(e=>{e.some(e=>e.isIntersecting)&&(this.#t=!0,this.#e?.disconnect(),this.#r())}),this.#e.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.#e?.disconnect()}shouldUpdate(e){return e.size>1||!e.has(`hass`)||!this.hasUpdated}willUpdate(e){(e.has(`uri`)||e.has(`artist`)||e.has(`src`))&&(this._picture=this.src,this.#t&&this.#r())}get#n(){let{uri:e,artist:t}=this,n=e?.startsWith(`spotify:`)?{uri:e}:t?{artist:t}:null;return n?`/api/encore/picture?${new URLSearchParams(n)}`:null}async#r(){let e=this.#n;if(this.src||!e)return;let t=await S(this.hass,e);e===this.#n&&(this._picture=t)}render(){return this._picture?e`<img
        src=${this._picture}
        alt=""
        loading="lazy"
        @error=${()=>this._picture=null}
      />`:e`<div
      class="none"
      style="background: hsl(${w(this.name||this.uri||``)} 38% 46%)"
    >
      ${this.round?h:a(`music`)}
    </div>`}};p([g()],C.prototype,`uri`,void 0),p([g()],C.prototype,`artist`,void 0),p([g()],C.prototype,`src`,void 0),p([g()],C.prototype,`name`,void 0),p([g({type:Boolean,reflect:!0})],C.prototype,`round`,void 0),p([m()],C.prototype,`_picture`,void 0),C=p([i(`encore-cover`)],C);var w=e=>{let t=0;for(let n of e)t=(t*31+(n.codePointAt(0)??0))%360;return t},T=(e,t)=>[e,...t].map(e=>e.map(E).join(`,`)).join(`\r
`).concat(`\r
`),E=e=>{if(e===null)return``;if(typeof e==`number`)return String(e);let t=/^[=+\-@\t\r]/.test(e)?`'${e}`:e;return/[",\r\n]/.test(t)?`"${t.replaceAll(`"`,`""`)}"`:t},D=(e,t)=>{let n=document.createElement(`a`);n.href=URL.createObjectURL(t),n.download=e,n.click(),setTimeout(()=>URL.revokeObjectURL(n.href),1e4)},O=(e,t,n)=>D(`${e}.csv`,new Blob([`﻿`,T(t,n)],{type:`text/csv;charset=utf-8`})),k=e=>{switch(e.number_format){case`comma_decimal`:return`en-US`;case`decimal_comma`:return`de`;case`space_comma`:return`fr`;case`quote_decimal`:return`de-CH`;case`system`:return;default:return e.language}},A=new Map,j=(e,t)=>{let n=A.get(e);if(n)return n;let r=t();return A.set(e,r),r},M=(e,t,n=0)=>j(`${k(e.locale)} ${n}`,()=>new Intl.NumberFormat(k(e.locale),{maximumFractionDigits:n})).format(t),N=(e,t,n,r=n?8e3:4e3)=>{e.dispatchEvent(new CustomEvent(`hass-notification`,{detail:{message:t,duration:r,...n?{action:n}:{}},bubbles:!0,composed:!0}))},P=(e,t=``)=>Array.isArray(e)?e.map(e=>`\n${t}- ${P(e,`${t}  `).trimStart()}`).join(``):typeof e==`object`&&e?Object.entries(e).filter(([,e])=>e!==void 0).map(([e,n])=>{let r=typeof n==`object`&&!!n,i=P(n,r?`${t}  `:t);return`\n${t}${e}:${r?i:` ${i}`}`}).join(``):typeof e==`string`&&/^[a-zA-Z](?:[\w .:-]*\w)?$/.test(e)&&!e.includes(`: `)&&!/^(true|false|yes|no|on|off|null)$/i.test(e)?e:JSON.stringify(e),F=async(e,t,n)=>{let r=`${P(n).trimStart()}\n`;try{await navigator.clipboard.writeText(r),N(e,u(t.language,`shared`,`yaml_copied`))}catch{e.dispatchEvent(new CustomEvent(`encore-yaml`,{detail:r,bubbles:!0,composed:!0}))}},I=class extends c{constructor(...e){super(...e),this.heading=``,this.caption=``,this.columns=[],this.rows=[],this.file=`encore`,this.card=null,this._asTable=!1}static{this.styles=[...c.styles,t`
      :host {
        display: block;
        min-width: 0;
      }
      figure {
        margin: 0;
        height: 100%;
        display: flex;
        flex-direction: column;
      }
      header {
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 8px 8px 0 16px;
      }
      header h2 {
        flex: 1;
        min-width: 0;
      }
      figcaption {
        padding: 0 16px 8px;
      }
      .body {
        padding: 0 16px 16px;
        flex: 1;
        min-width: 0;
      }
      .rows {
        max-height: 420px;
        overflow: auto;
      }
      thead th {
        position: sticky;
        top: 0;
        background: var(--encore-surface);
      }
    `]}render(){let t=this.say(this._asTable?`as_picture`:`as_table`);return e`<figure class="surface">
      <header>
        <h2>${this.heading}</h2>
        <slot name="actions"></slot>
        <button
          class="icon-button"
          title=${t}
          aria-label="${t}: ${this.heading}"
          aria-pressed=${this._asTable}
          @click=${()=>this._asTable=!this._asTable}
        >
          ${a(this._asTable?`chart`:`table`)}
        </button>
        <button
          class="icon-button"
          title=${this.say(`as_csv`)}
          aria-label="${this.say(`as_csv`)}: ${this.heading}"
          ?disabled=${!this.rows.length}
          @click=${()=>O(this.file,this.columns,this.rows)}
        >
          ${a(`download`)}
        </button>
        ${this.card?e`<button
                class="icon-button"
                title=${this.say(`to_dashboard`)}
                aria-label="${this.say(`to_dashboard`)}: ${this.heading}"
                @click=${()=>this.card&&F(this,this.hass,this.card)}
              >
                ${a(`dashboard`)}
              </button>`:h}
      </header>
      ${this.caption?e`<figcaption class="quiet">${this.caption}</figcaption>`:h}
      <div class="body">
        ${this._asTable?this.#e():e`<slot></slot>`}
      </div>
    </figure>`}#e(){let t=this.columns.map((e,t)=>this.rows.every(e=>typeof e[t]!=`string`)),n=e=>t[e]?`number`:``;return e`<div
      class="rows"
      tabindex="0"
      role="region"
      aria-label=${this.heading}
    >
      <table>
        <thead>
          <tr>
            ${this.columns.map((t,r)=>e`<th scope="col" class=${n(r)}>${t}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${this.rows.map(t=>e`<tr>
                ${t.map((t,r)=>e`<td class=${n(r)}>
                      ${typeof t==`number`?M(this.hass,t,1):t}
                    </td>`)}
              </tr>`)}
        </tbody>
      </table>
    </div>`}};p([g()],I.prototype,`heading`,void 0),p([g()],I.prototype,`caption`,void 0),p([g({attribute:!1})],I.prototype,`columns`,void 0),p([g({attribute:!1})],I.prototype,`rows`,void 0),p([g()],I.prototype,`file`,void 0),p([g({attribute:!1})],I.prototype,`card`,void 0),p([m()],I.prototype,`_asTable`,void 0),I=p([i(`encore-figure`)],I);var L=class extends c{constructor(...e){super(...e),this.filters=f,this.narrow=!1,this.query=new URLSearchParams}static{this.styles=[...c.styles,o,t`
      :host {
        display: block;
      }
      .grid {
        display: grid;
        gap: 16px;
        grid-template-columns: repeat(auto-fill, minmax(min(400px, 100%), 1fr));
        align-items: stretch;
      }
      .wide {
        grid-column: 1 / -1;
      }
      .stale {
        opacity: 0.6;
        transition: opacity 0.2s;
      }
    `]}go(e){this.dispatchEvent(new CustomEvent(`encore-go`,{detail:e,bubbles:!0,composed:!0}))}};p([g({attribute:!1})],L.prototype,`names`,void 0),p([g({attribute:!1})],L.prototype,`filters`,void 0),p([g({type:Boolean,reflect:!0})],L.prototype,`narrow`,void 0),p([g({attribute:!1})],L.prototype,`query`,void 0);var R=class extends L{constructor(...e){super(...e),this.words=`insights`,this.#e=new s(this,()=>({hass:this.hass,question:`top`,parameters:{...d(this.filters,`this_month`),of:`artists`,limit:10}}))}#e;render(){return e`<div class="grid">
      ${r(this.#e.state,e=>this.#t(e),{waiting:this.say(`waiting`)})}
    </div>`}#t(t){let n=e=>({grid:{left:8,right:24,top:4,bottom:4,containLabel:!0},xAxis:{type:`value`,splitLine:{lineStyle:{color:e.line}},axisLabel:{color:e.quiet}},yAxis:{type:`category`,inverse:!0,data:t.top.map(e=>e.name),axisLabel:{color:e.text,width:140,overflow:`truncate`},axisTick:{show:!1},axisLine:{show:!1}},series:[{type:`bar`,data:t.top.map(e=>e.plays),itemStyle:{color:e.primary,borderRadius:[0,4,4,0]}}],tooltip:{}});return e`<encore-figure
      .hass=${this.hass}
      heading=${this.say(`top_artists`)}
      caption=${t.speech}
      .columns=${[this.say(`name`),this.say(`plays`),this.say(`minutes`)]}
      .rows=${t.top.map(e=>[e.name,e.plays,e.minutes])}
      .card=${{type:`custom:encore-top-card`,of:`artists`,...d(this.filters,`this_month`)}}
    >
      <encore-chart
        .hass=${this.hass}
        label=${t.speech}
        .draw=${n}
        .height=${320}
      ></encore-chart>
    </encore-figure>`}};R=p([i(`encore-insights`)],R);export{R as Insights};