import{a as e,n as t,o as n,p as r,s as i,t as a,u as o}from"./element-NA6gu5sY.js";var s=[`today`,`yesterday`,`last_night`,`this_week`,`last_week`,`this_month`,`last_month`,`this_year`,`last_year`,`all_time`],c=[`music`,`podcast`,`audiobook`,`radio`,`television`,`line_in`],l=`between`,u=class extends a{constructor(...e){super(...e),this.usual=``,this.windowless=!1,this._between=!1,this.#n=e=>{let{value:t}=e.target;this._between=t===l,this._between||this.#i({window:t===this.usual?``:t,start:``,end:``})},this.#r=e=>t=>this.#i({window:``,[e]:t.target.value})}static{this.styles=[...a.styles,r`
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
    `]}render(){let{filters:e,names:t}=this,n=this._between||!!(e.start||e.end);return o`<form
      role="search"
      aria-label=${this.say(`filters`)}
      @submit=${e=>e.preventDefault()}
    >
      ${this.windowless?i:o`<label
                ><span class="unseen">${this.say(`window`)}</span>
                <select
                  class=${e.window||n?`chosen`:``}
                  @change=${this.#n}
                >
                  ${this.#e(n)}
                </select></label
              >
              ${n?o`<label
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
                      /></label>`:i}`}
      ${this.#t(`listener`,[[``,this.say(`everyone`)],...(t?.listeners??[]).map(e=>[e.name,e.name]),...(t?.groups??[]).map(e=>[e,e])])}
      ${this.#t(`room`,[[``,this.say(`every_room`)],...(t?.rooms??[]).map(e=>[e,e])])}
      ${this.#t(`kind`,[[``,this.say(`every_kind`)],...c.map(e=>[e,this.say(`kind_${e}`)])])}
    </form>`}#e(e){let{window:t}=this.filters,n=e?l:t||this.usual,r=s.filter(e=>e!==this.usual);return this.usual&&r.unshift(this.usual),t&&!r.includes(t)&&r.unshift(t),o`${r.map(e=>{let t=this.say(`window_${e}`);return o`<option value=${e} ?selected=${e===n}>
          ${t===`window_${e}`?e.replaceAll(`_`,` `):t}
        </option>`})}
      <option value=${l} ?selected=${e}>
        ${this.say(`window_between`)}
      </option>`}#t(e,t){let n=this.filters[e],r=t.some(([e])=>e===n)?t:[...t,[n,n]];return o`<label
      ><span class="unseen">${this.say(e)}</span>
      <select
        class=${n?`chosen`:``}
        @change=${t=>this.#i({[e]:t.target.value})}
      >
        ${r.map(([e,t])=>o`<option value=${e} ?selected=${e===n}>
              ${t}
            </option>`)}
      </select></label
    >`}#n;#r;#i(e){this.dispatchEvent(new CustomEvent(`filters-changed`,{detail:{...this.filters,...e}}))}};t([e({attribute:!1})],u.prototype,`filters`,void 0),t([e({attribute:!1})],u.prototype,`names`,void 0),t([e()],u.prototype,`usual`,void 0),t([e({type:Boolean})],u.prototype,`windowless`,void 0),t([e({type:Boolean})],u.prototype,`_between`,void 0),u=t([n(`encore-filter-bar`)],u);export{s as t};