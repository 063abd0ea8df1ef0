import{A as e,C as t,D as n,S as r,c as i,l as a,m as o,p as s,u as c,w as l,x as u}from"./filters-BD6RcXjk.js";import{t as d}from"./query-DDQkTGvL.js";import{a as f,d as p}from"./view-BO8RbcmQ.js";var m=document.createElement(`canvas`).getContext(`2d`,{willReadFrequently:!0}),h=(e,t=`#7f7f7f`)=>{if(!m)return[127,127,127];m.clearRect(0,0,1,1);for(let n of[t,e])m.fillStyle=n,m.fillRect(0,0,1,1);let[n=0,r=0,i=0]=m.getImageData(0,0,1,1).data;return[n,r,i]},g=e=>{let t=getComputedStyle(e),n=(e,n,r)=>{let[i,a,o]=h(t.getPropertyValue(e).trim()||n,r);return`rgb(${i},${a},${o})`},r=n(`--primary-color`,`#03a9f4`),i=n(`--ha-card-background`,t.getPropertyValue(`--card-background-color`).trim()||`#fff`);return{text:n(`--primary-text-color`,`#212121`),quiet:n(`--secondary-text-color`,`#727272`),line:n(`--divider-color`,`#e0e0e0`,i),surface:i,primary:r,accent:n(`--accent-color`,`#ff9800`),error:n(`--error-color`,`#db4437`),series:[r,n(`--accent-color`,`#ff9800`),n(`--success-color`,`#43a047`),n(`--purple-color`,`#926bc7`),n(`--teal-color`,`#009688`),n(`--pink-color`,`#e91e63`)]}},_=class extends a{constructor(...e){super(...e),this.label=``,this.height=240}static{this.styles=[...a.styles,e`
      :host {
        display: block;
        width: 100%;
      }
    `]}#e;#t;#n;connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.#r()}disconnectedCallback(){super.disconnectedCallback(),this.#t?.disconnect(),this.#e?.dispose(),this.#e=void 0}shouldUpdate(e){let t=this.hass.themes.darkMode,n=t!==this.#n;return this.#n=t,n||e.size>1||!e.has(`hass`)}render(){return n`<div
      role="img"
      aria-label=${this.label}
      style="height: ${this.height}px"
    ></div>`}firstUpdated(){this.#r()}updated(){this.#i()}async#r(){let{init:e}=await o(async()=>{let{init:e}=await import(`./echarts-D3T3qqQ_.js`);return{init:e}},[],import.meta.url);!this.isConnected||this.#e||(this.#e=e(this._place,null,{renderer:`svg`}),this.#e.on(`click`,e=>this.dispatchEvent(new CustomEvent(`chart-pick`,{detail:{index:e.dataIndex,data:e.data,name:e.name}}))),this.#t=new ResizeObserver(()=>this.#e?.resize()),this.#t.observe(this._place),this.#i())}#i(){if(!this.#e||!this.draw)return;let e=g(this);this.#e.setOption({animationDuration:matchMedia(`(prefers-reduced-motion: reduce)`).matches?0:300,textStyle:{fontFamily:getComputedStyle(this).fontFamily,color:e.text},...this.draw(e)},!0)}};c([r({attribute:!1})],_.prototype,`draw`,void 0),c([r()],_.prototype,`label`,void 0),c([r({type:Number})],_.prototype,`height`,void 0),c([d(`div`)],_.prototype,`_place`,void 0),_=c([t(`encore-chart`)],_);var v=(e,t)=>[e,...t].map(e=>e.map(y).join(`,`)).join(`\r
`).concat(`\r
`),y=e=>{if(e===null)return``;if(typeof e==`number`)return String(e);let t=/^[=+\-@\t\r]/.test(e)?`'${e}`:e;return/[",\r\n]/.test(t)?`"${t.replaceAll(`"`,`""`)}"`:t},b=(e,t)=>{let n=document.createElement(`a`);n.href=URL.createObjectURL(t),n.download=e,n.click(),setTimeout(()=>URL.revokeObjectURL(n.href),1e4)},x=(e,t,n)=>b(`${e}.csv`,new Blob([`﻿`,v(t,n)],{type:`text/csv;charset=utf-8`})),S=(e,t=``)=>Array.isArray(e)?e.map(e=>`\n${t}- ${S(e,`${t}  `).trimStart()}`).join(``):typeof e==`object`&&e?Object.entries(e).filter(([,e])=>e!==void 0).map(([e,n])=>{let r=typeof n==`object`&&!!n,i=S(n,r?`${t}  `:t);return`\n${t}${e}:${r?i:` ${i}`}`}).join(``):typeof e==`string`&&/^[a-zA-Z](?:[\w .:-]*\w)?$/.test(e)&&!e.includes(`: `)&&!/^(true|false|yes|no|on|off|null)$/i.test(e)?e:JSON.stringify(e),C=async(e,t,n)=>{let r=`${S(n).trimStart()}\n`;try{await navigator.clipboard.writeText(r),p(e,s(t.language,`shared`,`yaml_copied`))}catch{e.dispatchEvent(new CustomEvent(`encore-yaml`,{detail:r,bubbles:!0,composed:!0}))}},w=class extends a{constructor(...e){super(...e),this.heading=``,this.caption=``,this.columns=[],this.rows=[],this.file=`encore`,this.card=null,this._asTable=!1}static{this.styles=[...a.styles,e`
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
    `]}render(){let e=this.say(this._asTable?`as_picture`:`as_table`);return n`<figure class="surface">
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
          ${i(this._asTable?`chart`:`table`)}
        </button>
        <button
          class="icon-button"
          title=${this.say(`as_csv`)}
          aria-label="${this.say(`as_csv`)}: ${this.heading}"
          ?disabled=${!this.rows.length}
          @click=${()=>x(this.file,this.columns,this.rows)}
        >
          ${i(`download`)}
        </button>
        ${this.card?n`<button
                class="icon-button"
                title=${this.say(`to_dashboard`)}
                aria-label="${this.say(`to_dashboard`)}: ${this.heading}"
                @click=${()=>this.card&&C(this,this.hass,this.card)}
              >
                ${i(`dashboard`)}
              </button>`:l}
      </header>
      ${this.caption?n`<figcaption class="quiet">${this.caption}</figcaption>`:l}
      <div class="body">
        ${this._asTable?this.#e():n`<slot></slot>`}
      </div>
    </figure>`}#e(){let e=this.columns.map((e,t)=>this.rows.every(e=>typeof e[t]!=`string`)),t=t=>e[t]?`number`:``;return n`<div
      class="rows"
      tabindex="0"
      role="region"
      aria-label=${this.heading}
    >
      <table>
        <thead>
          <tr>
            ${this.columns.map((e,r)=>n`<th scope="col" class=${t(r)}>${e}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${this.rows.map(e=>n`<tr>
                ${e.map((e,r)=>n`<td class=${t(r)}>
                      ${typeof e==`number`?f(this.hass,e,1):e}
                    </td>`)}
              </tr>`)}
        </tbody>
      </table>
    </div>`}};c([r()],w.prototype,`heading`,void 0),c([r()],w.prototype,`caption`,void 0),c([r({attribute:!1})],w.prototype,`columns`,void 0),c([r({attribute:!1})],w.prototype,`rows`,void 0),c([r()],w.prototype,`file`,void 0),c([r({attribute:!1})],w.prototype,`card`,void 0),c([u()],w.prototype,`_asTable`,void 0),w=c([t(`encore-figure`)],w);export{x as t};