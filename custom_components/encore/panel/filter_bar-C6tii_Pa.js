import{a as e,i as t,n,o as r,p as i,s as a,t as o,u as s}from"./element-KEvTEtVl.js";var c=[`today`,`yesterday`,`last_night`,`this_week`,`last_week`,`this_month`,`last_month`,`this_year`,`last_year`,`all_time`],l=[`music`,`podcast`,`audiobook`,`radio`,`television`,`line_in`],u=`between`,d=class extends o{constructor(...e){super(...e),this.usual=``,this.windowless=!1,this.narrow=!1,this._between=!1,this.#n=e=>{let{value:t}=e.target;this._between=t===u,this._between||this.#i({window:t===this.usual?``:t,start:``,end:``})},this.#r=e=>t=>this.#i({window:``,[e]:t.target.value})}static{this.styles=[...o.styles,i`
      :host {
        display: block;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
      }
      :host([narrow]) form {
        flex-wrap: nowrap;
        overflow-x: auto;
        scrollbar-width: none;
        margin-inline: -12px;
        padding: 2px 12px;
        scroll-padding-inline: 12px;
      }
      label {
        display: contents;
      }
      select,
      input {
        border-radius: 18px;
        flex: none;
      }
      select {
        max-width: min(220px, 60vw);
      }
      :host([narrow]) :is(select, input) {
        min-height: 40px;
        border-radius: 20px;
      }
      select.chosen {
        border-color: var(--primary-color, #03a9f4);
        background-color: color-mix(
          in srgb,
          var(--primary-color, #03a9f4) 14%,
          var(--encore-surface)
        );
      }
    `]}willUpdate(e){e.has(`filters`)&&this.filters.window&&(this._between=!1)}render(){let{filters:e,names:t}=this,n=this._between||!!(e.start||e.end);return s`<form
      role="search"
      aria-label=${this.say(`filters`)}
      @submit=${e=>e.preventDefault()}
    >
      ${this.windowless?a:s`<label
                ><span class="unseen">${this.say(`window`)}</span>
                <select
                  class=${e.window||n?`chosen`:``}
                  @change=${this.#n}
                >
                  ${this.#e(n)}
                </select></label
              >
              ${n?s`<label
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
                      /></label>`:a}`}
      ${this.#t(`listener`,[[``,this.say(`everyone`)],...(t?.listeners??[]).map(e=>[e.name,e.name]),...(t?.groups??[]).map(e=>[e,e])])}
      ${this.#t(`room`,[[``,this.say(`every_room`)],...(t?.rooms??[]).map(e=>[e,e])])}
      ${this.#t(`kind`,[[``,this.say(`every_kind`)],...l.map(e=>[e,this.say(`kind_${e}`)])])}
    </form>`}#e(e){let{window:t}=this.filters,n=e?u:t||this.usual,r=c.filter(e=>e!==this.usual);return this.usual&&r.unshift(this.usual),t&&!r.includes(t)&&r.unshift(t),s`${r.map(e=>{let t=this.say(`window_${e}`);return s`<option value=${e} .selected=${e===n}>
          ${t===`window_${e}`?e.replaceAll(`_`,` `):t}
        </option>`})}
      <option value=${u} .selected=${e}>
        ${this.say(`window_between`)}
      </option>`}#t(e,t){let n=this.filters[e],r=t.some(([e])=>e===n)?t:[...t,[n,n]];return s`<label
      ><span class="unseen">${this.say(e)}</span>
      <select
        class=${n?`chosen`:``}
        @change=${t=>this.#i({[e]:t.target.value})}
      >
        ${r.map(([e,t])=>s`<option value=${e} .selected=${e===n}>
              ${t}
            </option>`)}
      </select></label
    >`}#n;#r;#i(e){this.dispatchEvent(new CustomEvent(`filters-changed`,{detail:{...this.filters,...e}}))}};n([e({attribute:!1})],d.prototype,`filters`,void 0),n([e({attribute:!1})],d.prototype,`names`,void 0),n([e()],d.prototype,`usual`,void 0),n([e({type:Boolean})],d.prototype,`windowless`,void 0),n([e({type:Boolean,reflect:!0})],d.prototype,`narrow`,void 0),n([t()],d.prototype,`_between`,void 0),d=n([r(`encore-filter-bar`)],d);export{c as t};