import{D as e,a as t,b as n,c as r,h as i,l as a,m as o,p as s,r as c,u as l,v as u,w as d,x as f,y as p}from"./filters-C_BwcxXI.js";import{t as m}from"./query-DDQkTGvL.js";import{i as h,n as g,t as _}from"./view-DDZaBF6T.js";var v=document.createElement(`canvas`).getContext(`2d`,{willReadFrequently:!0}),y=(e,t=`#7f7f7f`)=>{if(!v)return[127,127,127];v.clearRect(0,0,1,1);for(let n of[t,e])v.fillStyle=n,v.fillRect(0,0,1,1);let[n=0,r=0,i=0]=v.getImageData(0,0,1,1).data;return[n,r,i]},b=e=>{let t=getComputedStyle(e),n=(e,n,r)=>{let[i,a,o]=y(t.getPropertyValue(e).trim()||n,r);return`rgb(${i},${a},${o})`},r=n(`--primary-color`,`#03a9f4`),i=n(`--ha-card-background`,t.getPropertyValue(`--card-background-color`).trim()||`#fff`);return{text:n(`--primary-text-color`,`#212121`),quiet:n(`--secondary-text-color`,`#727272`),line:n(`--divider-color`,`#e0e0e0`,i),surface:i,primary:r,accent:n(`--accent-color`,`#ff9800`),error:n(`--error-color`,`#db4437`),series:[r,n(`--accent-color`,`#ff9800`),n(`--success-color`,`#43a047`),n(`--purple-color`,`#926bc7`),n(`--teal-color`,`#009688`),n(`--pink-color`,`#e91e63`)]}},x=class extends a{constructor(...e){super(...e),this.label=``,this.height=240}static{this.styles=[...a.styles,e`
      :host {
        display: block;
        width: 100%;
      }
    `]}#e;#t;#n;connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.#r()}disconnectedCallback(){super.disconnectedCallback(),this.#t?.disconnect(),this.#e?.dispose(),this.#e=void 0}shouldUpdate(e){let t=this.hass.themes.darkMode,n=t!==this.#n;return this.#n=t,n||e.size>1||!e.has(`hass`)}render(){return d`<div
      role="img"
      aria-label=${this.label}
      style="height: ${this.height}px"
    ></div>`}firstUpdated(){this.#r()}updated(){this.#i()}async#r(){let{init:e}=await o(async()=>{let{init:e}=await import(`./echarts-D3T3qqQ_.js`);return{init:e}},[],import.meta.url);!this.isConnected||this.#e||(this.#e=e(this._place,null,{renderer:`svg`}),this.#e.on(`click`,e=>this.dispatchEvent(new CustomEvent(`chart-pick`,{detail:{index:e.dataIndex,data:e.data,name:e.name}}))),this.#t=new ResizeObserver(()=>this.#e?.resize()),this.#t.observe(this._place),this.#i())}#i(){if(!this.#e||!this.draw)return;let e=b(this);this.#e.setOption({animationDuration:matchMedia(`(prefers-reduced-motion: reduce)`).matches?0:300,textStyle:{fontFamily:getComputedStyle(this).fontFamily,color:e.text},...this.draw(e)},!0)}};l([p({attribute:!1})],x.prototype,`draw`,void 0),l([p()],x.prototype,`label`,void 0),l([p({type:Number})],x.prototype,`height`,void 0),l([m(`div`)],x.prototype,`_place`,void 0),x=l([n(`encore-chart`)],x);var S=new Map,C=(e,t)=>{let n=S.get(t);if(n)return n;let r=e.fetchWithAuth(t).then(async e=>e.ok?e.headers.get(`Content-Type`)?.startsWith(`application/json`)?(await e.json()).address:URL.createObjectURL(await e.blob()):null).catch(()=>null);return S.set(t,r),r},w=class extends a{constructor(...e){super(...e),this.uri=null,this.artist=null,this.src=null,this.name=``,this.round=!1,this._picture=null,this.#t=!1}static{this.styles=[...a.styles,e`
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
    `]}#e;#t;connectedCallback(){super.connectedCallback(),this.#e=new IntersectionObserver(e=>{e.some(e=>e.isIntersecting)&&(this.#t=!0,this.#e?.disconnect(),this.#r())}),this.#e.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.#e?.disconnect()}shouldUpdate(e){return e.size>1||!e.has(`hass`)||!this.hasUpdated}willUpdate(e){(e.has(`uri`)||e.has(`artist`)||e.has(`src`))&&(this._picture=this.src,this.#t&&this.#r())}get#n(){let{uri:e,artist:t}=this,n=e?.startsWith(`spotify:`)?{uri:e}:t?{artist:t}:null;return n?`/api/encore/picture?${new URLSearchParams(n)}`:null}async#r(){let e=this.#n;if(this.src||!e)return;let t=await C(this.hass,e);e===this.#n&&(this._picture=t)}render(){return this._picture?d`<img
        src=${this._picture}
        alt=""
        loading="lazy"
        @error=${()=>this._picture=null}
      />`:d`<div
      class="none"
      style="background: hsl(${T(this.name||this.uri||``)} 38% 46%)"
    >
      ${this.round?f:r(`music`)}
    </div>`}};l([p()],w.prototype,`uri`,void 0),l([p()],w.prototype,`artist`,void 0),l([p()],w.prototype,`src`,void 0),l([p()],w.prototype,`name`,void 0),l([p({type:Boolean,reflect:!0})],w.prototype,`round`,void 0),l([u()],w.prototype,`_picture`,void 0),w=l([n(`encore-cover`)],w);var T=e=>{let t=0;for(let n of e)t=(t*31+(n.codePointAt(0)??0))%360;return t},E=(e,t)=>[e,...t].map(e=>e.map(D).join(`,`)).join(`\r
`).concat(`\r
`),D=e=>{if(e===null)return``;if(typeof e==`number`)return String(e);let t=/^[=+\-@\t\r]/.test(e)?`'${e}`:e;return/[",\r\n]/.test(t)?`"${t.replaceAll(`"`,`""`)}"`:t},O=(e,t)=>{let n=document.createElement(`a`);n.href=URL.createObjectURL(t),n.download=e,n.click(),setTimeout(()=>URL.revokeObjectURL(n.href),1e4)},k=(e,t,n)=>O(`${e}.csv`,new Blob([`﻿`,E(t,n)],{type:`text/csv;charset=utf-8`})),A=(e,t=``)=>Array.isArray(e)?e.map(e=>`\n${t}- ${A(e,`${t}  `).trimStart()}`).join(``):typeof e==`object`&&e?Object.entries(e).filter(([,e])=>e!==void 0).map(([e,n])=>{let r=typeof n==`object`&&!!n,i=A(n,r?`${t}  `:t);return`\n${t}${e}:${r?i:` ${i}`}`}).join(``):typeof e==`string`&&/^[a-zA-Z](?:[\w .:-]*\w)?$/.test(e)&&!e.includes(`: `)&&!/^(true|false|yes|no|on|off|null)$/i.test(e)?e:JSON.stringify(e),j=async(e,t,n)=>{let r=`${A(n).trimStart()}\n`;try{await navigator.clipboard.writeText(r),h(e,s(t.language,`shared`,`yaml_copied`))}catch{e.dispatchEvent(new CustomEvent(`encore-yaml`,{detail:r,bubbles:!0,composed:!0}))}},M=class extends a{constructor(...e){super(...e),this.heading=``,this.caption=``,this.columns=[],this.rows=[],this.file=`encore`,this.card=null,this._asTable=!1}static{this.styles=[...a.styles,e`
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
    `]}render(){let e=this.say(this._asTable?`as_picture`:`as_table`);return d`<figure class="surface">
      <header>
        <h2>${this.heading}</h2>
        <slot name="actions"></slot>
        <button
          class="icon-button"
          title=${e}
          aria-label="${e}: ${this.heading}"
          aria-pressed=${this._asTable}
          @click=${()=>this._asTable=!this._asTable}
        >
          ${r(this._asTable?`chart`:`table`)}
        </button>
        <button
          class="icon-button"
          title=${this.say(`as_csv`)}
          aria-label="${this.say(`as_csv`)}: ${this.heading}"
          ?disabled=${!this.rows.length}
          @click=${()=>k(this.file,this.columns,this.rows)}
        >
          ${r(`download`)}
        </button>
        ${this.card?d`<button
                class="icon-button"
                title=${this.say(`to_dashboard`)}
                aria-label="${this.say(`to_dashboard`)}: ${this.heading}"
                @click=${()=>this.card&&j(this,this.hass,this.card)}
              >
                ${r(`dashboard`)}
              </button>`:f}
      </header>
      ${this.caption?d`<figcaption class="quiet">${this.caption}</figcaption>`:f}
      <div class="body">
        ${this._asTable?this.#e():d`<slot></slot>`}
      </div>
    </figure>`}#e(){let e=this.columns.map((e,t)=>this.rows.every(e=>typeof e[t]!=`string`)),t=t=>e[t]?`number`:``;return d`<div
      class="rows"
      tabindex="0"
      role="region"
      aria-label=${this.heading}
    >
      <table>
        <thead>
          <tr>
            ${this.columns.map((e,n)=>d`<th scope="col" class=${t(n)}>${e}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${this.rows.map(e=>d`<tr>
                ${e.map((e,n)=>d`<td class=${t(n)}>
                      ${typeof e==`number`?g(this.hass,e,1):e}
                    </td>`)}
              </tr>`)}
        </tbody>
      </table>
    </div>`}};l([p()],M.prototype,`heading`,void 0),l([p()],M.prototype,`caption`,void 0),l([p({attribute:!1})],M.prototype,`columns`,void 0),l([p({attribute:!1})],M.prototype,`rows`,void 0),l([p()],M.prototype,`file`,void 0),l([p({attribute:!1})],M.prototype,`card`,void 0),l([u()],M.prototype,`_asTable`,void 0),M=l([n(`encore-figure`)],M);var N=class extends _{constructor(...e){super(...e),this.words=`insights`,this.#e=new i(this,()=>({hass:this.hass,question:`top`,parameters:{...c(this.filters,`this_month`),of:`artists`,limit:10}}))}#e;render(){return d`<div class="grid">
      ${t(this.#e.state,e=>this.#t(e),{waiting:this.say(`waiting`)})}
    </div>`}#t(e){let t=t=>({grid:{left:8,right:24,top:4,bottom:4,containLabel:!0},xAxis:{type:`value`,splitLine:{lineStyle:{color:t.line}},axisLabel:{color:t.quiet}},yAxis:{type:`category`,inverse:!0,data:e.top.map(e=>e.name),axisLabel:{color:t.text,width:140,overflow:`truncate`},axisTick:{show:!1},axisLine:{show:!1}},series:[{type:`bar`,data:e.top.map(e=>e.plays),itemStyle:{color:t.primary,borderRadius:[0,4,4,0]}}],tooltip:{}});return d`<encore-figure
      .hass=${this.hass}
      heading=${this.say(`top_artists`)}
      caption=${e.speech}
      .columns=${[this.say(`name`),this.say(`plays`),this.say(`minutes`)]}
      .rows=${e.top.map(e=>[e.name,e.plays,e.minutes])}
      .card=${{type:`custom:encore-top-card`,of:`artists`,...c(this.filters,`this_month`)}}
    >
      <encore-chart
        .hass=${this.hass}
        label=${e.speech}
        .draw=${t}
        .height=${320}
      ></encore-chart>
    </encore-figure>`}};N=l([n(`encore-insights`)],N);export{N as Insights};