import{a as e,i as t,n,o as r,p as i,s as a,t as o,u as s}from"./element-KEvTEtVl.js";import{E as c,o as l}from"./format-BsfNSj2c.js";import{t as u}from"./notify-BaOBj0KC.js";import{n as d}from"./texts-B-vHsI9L.js";var f=(e,t)=>[e,...t].map(e=>e.map(p).join(`,`)).join(`\r
`).concat(`\r
`),p=e=>{if(e===null)return``;if(typeof e==`number`)return String(e);let t=/^[=+\-@\t\r]/.test(e)?`'${e}`:e;return/[",\r\n]/.test(t)?`"${t.replaceAll(`"`,`""`)}"`:t},m=(e,t)=>{let n=document.createElement(`a`);n.href=URL.createObjectURL(t),n.download=e,n.click(),setTimeout(()=>URL.revokeObjectURL(n.href),1e4)},h=(e,t,n)=>m(`${e}.csv`,new Blob([`﻿`,f(t,n)],{type:`text/csv;charset=utf-8`})),g=(e,t=``)=>Array.isArray(e)?e.map(e=>`\n${t}- ${g(e,`${t}  `).trimStart()}`).join(``):typeof e==`object`&&e?Object.entries(e).filter(([,e])=>e!==void 0).map(([e,n])=>{let r=typeof n==`object`&&!!n,i=g(n,r?`${t}  `:t);return`\n${t}${e}:${r?i:` ${i}`}`}).join(``):typeof e==`string`&&/^[a-zA-Z](?:[\w .:-]*\w)?$/.test(e)&&!e.includes(`: `)&&!/^(true|false|yes|no|on|off|null)$/i.test(e)?e:JSON.stringify(e),_=async(e,t,n)=>{let r=`${g(n).trimStart()}\n`;try{await navigator.clipboard.writeText(r),u(e,d(t.language,`shared`,`yaml_copied`))}catch{e.dispatchEvent(new CustomEvent(`encore-yaml`,{detail:r,bubbles:!0,composed:!0}))}},v=class extends o{constructor(...e){super(...e),this.heading=``,this.caption=``,this.columns=[],this.rows=[],this.file=`encore`,this.card=null,this._asTable=!1}static{this.styles=[...o.styles,i`
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
    `]}render(){let e=this.say(this._asTable?`as_picture`:`as_table`);return s`<figure class="surface">
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
          ${c(this._asTable?`chart`:`table`)}
        </button>
        <button
          class="icon-button"
          title=${this.say(`as_csv`)}
          aria-label="${this.say(`as_csv`)}: ${this.heading}"
          ?disabled=${!this.rows.length}
          @click=${()=>h(this.file,this.columns,this.rows)}
        >
          ${c(`download`)}
        </button>
        ${this.card?s`<button
                class="icon-button"
                title=${this.say(`to_dashboard`)}
                aria-label="${this.say(`to_dashboard`)}: ${this.heading}"
                @click=${()=>this.card&&_(this,this.hass,this.card)}
              >
                ${c(`dashboard`)}
              </button>`:a}
      </header>
      ${this.caption?s`<figcaption class="quiet">${this.caption}</figcaption>`:a}
      <div class="body">
        ${this._asTable?this.#e():s`<slot></slot>`}
      </div>
    </figure>`}#e(){let e=this.columns.map((e,t)=>this.rows.every(e=>typeof e[t]!=`string`)),t=t=>e[t]?`number`:``;return s`<div
      class="rows"
      tabindex="0"
      role="region"
      aria-label=${this.heading}
    >
      <table>
        <thead>
          <tr>
            ${this.columns.map((e,n)=>s`<th scope="col" class=${t(n)}>${e}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${this.rows.map(e=>s`<tr>
                ${e.map((e,n)=>s`<td class=${t(n)}>
                      ${typeof e==`number`?l(this.hass,e,1):e}
                    </td>`)}
              </tr>`)}
        </tbody>
      </table>
    </div>`}};n([e()],v.prototype,`heading`,void 0),n([e()],v.prototype,`caption`,void 0),n([e({attribute:!1})],v.prototype,`columns`,void 0),n([e({attribute:!1})],v.prototype,`rows`,void 0),n([e()],v.prototype,`file`,void 0),n([e({attribute:!1})],v.prototype,`card`,void 0),n([t()],v.prototype,`_asTable`,void 0),v=n([r(`encore-figure`)],v);export{h as n,m as t};