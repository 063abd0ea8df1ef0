import{a as e,f as t,i as n,n as r,o as i,p as a,r as o,s,t as c,u as l}from"./element-KEvTEtVl.js";import{t as u}from"./requests-BOXeojnY.js";import{C as d,E as ee,_ as f,c as p,d as te,g as ne,h as m,i as re,l as ie,n as ae,o as h,p as g,s as _,u as v,v as oe,w as y,x as b,y as se}from"./format-BsfNSj2c.js";import{a as ce,c as le,i as x,n as ue,o as de,r as fe,s as S,t as pe}from"./at_least-CLI6AVFE.js";import{t as C}from"./answers-DbIo5sqv.js";import{n as w,t as me}from"./amount-CTaw3joZ.js";import{n as he,t as ge}from"./tip-Czh3bNi9.js";import"./chart-Cy8lXmM_.js";import{t as T}from"./calm-CfW0WovY.js";import"./figure-oY6swpe9.js";import{n as _e,r as ve,t as ye}from"./heatmap-s-FEc2Hi.js";import{n as E,r as D,t as be}from"./timeline-Unq7gj6y.js";import"./cover-Cc4cHo_Q.js";import"./dialog-_EHXyLTX.js";import{t as O}from"./view-COxXq5bq.js";var xe={play_count:0,minutes:0},Se=(e,t,n,r)=>{let i=e=>e.length<r?xe:null,a=(e,t)=>e.find(e=>e.name===t)??i(e);return[...new Set([...e,...t].map(e=>e.name))].map(n=>({name:n,mine:a(e,n),other:a(t,n)})).sort((e,t)=>(t.mine?C(t.mine,n):0)-(e.mine?C(e.mine,n):0)||(t.other?C(t.other,n):0)-(e.other?C(e.other,n):0))},k=`this_month`,Ce=`300px`,A=class extends T{constructor(...e){super(...e),this.filters=se,this.by=`plays`,this.narrow=!1,this.near=!1,this.words=`insights`}static{this.styles=[...T.styles,o,a`
      :host {
        display: block;
        min-width: 0;
        min-height: 240px;
      }
      encore-figure {
        height: 100%;
      }
      .stale {
        opacity: 0.6;
        transition: opacity 0.2s;
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 32px;
        padding-bottom: 12px;
      }
      .facts div {
        min-width: 0;
      }
      .facts b {
        display: block;
        font-size: var(--ha-font-size-2xl, 24px);
        font-weight: var(--ha-font-weight-normal, 400);
        line-height: 1.3;
        font-variant-numeric: tabular-nums;
      }
      .choice {
        border-radius: 20px;
        min-height: 40px;
        max-width: min(200px, 36vw);
      }
      .facts label {
        margin-inline-start: auto;
      }
      .facts .choice {
        max-width: 100%;
      }
      .none {
        padding: 24px 0;
        text-align: center;
      }
    `]}#e;connectedCallback(){super.connectedCallback(),this.near||(this.#e=new IntersectionObserver(e=>{e.some(e=>e.isIntersecting)&&(this.near=!0,this.#e?.disconnect())},{rootMargin:Ce}),this.#e.observe(this))}disconnectedCallback(){super.disconnectedCallback(),this.#e?.disconnect()}followed(e,t){return new u(this,()=>{let n=this.near?t():null;return n&&{hass:this.hass,question:e,parameters:n}})}get asked(){return b(this.filters,k)}figure(e,t,n,r,i=`encore`){let{state:a}=e,o=a.is===`answered`?n(a.answer):void 0;return l`<encore-figure
      .hass=${this.hass}
      .heading=${t}
      .caption=${o?.caption??``}
      .columns=${o?.columns??[]}
      .rows=${o?.rows??[]}
      .card=${o?.card??null}
      .file=${i}
    >
      ${r}
      <div class=${e.stale?`stale`:``} aria-busy=${e.stale}>
        ${this.near?y(a,()=>o?.inside??l``,{waiting:this.say(`waiting`)}):s}
      </div>
    </encore-figure>`}choice(e,t,n,r){return l`<label slot="actions"
      ><span class="unseen">${e}</span>
      <select
        class="choice"
        @change=${e=>r(e.target.value)}
      >
        ${t.map(([e,t])=>l`<option value=${e} .selected=${e===n}>
              ${t}
            </option>`)}
      </select></label
    >`}nothing(e=this.say(`nothing_here`)){return l`<p class="none quiet">${e}</p>`}columnsOf(e){let t=e===`tracks`||e===`albums`;return[this.say(`one_of_${e}`),...t?[this.say(`artist`)]:[],this.say(`plays`),this.say(`minutes`)]}rowsOf(e,t){let n=t===`tracks`||t===`albums`;return e.map(e=>[e.name,...n?[e.artist]:[],e.play_count,e.minutes])}look(e,t){e===`rooms`?this.go({filters:{room:t.name}}):this.dispatchEvent(new CustomEvent(`look`,{detail:{of:e,entry:t},bubbles:!0,composed:!0}))}go(e){this.dispatchEvent(new CustomEvent(`encore-go`,{detail:e,bubbles:!0,composed:!0}))}};r([e({attribute:!1})],A.prototype,`names`,void 0),r([e({attribute:!1})],A.prototype,`filters`,void 0),r([e()],A.prototype,`by`,void 0),r([e({type:Boolean,reflect:!0})],A.prototype,`narrow`,void 0),r([n()],A.prototype,`near`,void 0);var j=8,M=100,we=[`yesterday`,`last_week`,`week_before_last`,`last_month`,`month_before_last`,`this_year`,`last_year`,`all_time`],N=class extends A{constructor(...e){super(...e),this.other=``,this.#e=this.followed(`get_comparison`,()=>({...this.asked,...this.#t?{time_range:this.#t}:{},compared_with:this.#n,of:`artists`,by:this.by,limit:M}))}static{this.styles=[...A.styles,a`
      .both {
        display: grid;
        gap: 16px 32px;
        grid-template-columns: minmax(0, 1fr);
      }
      @media (min-width: 900px) {
        .both {
          grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
        }
      }
      .total {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 2px 12px;
        align-content: start;
      }
      .bar {
        grid-column: 1 / -1;
        height: 10px;
        border-radius: 5px;
        margin-bottom: 10px;
        min-width: 2px;
      }
      .change {
        font-size: var(--ha-font-size-2xl, 24px);
        line-height: 1.3;
        padding-bottom: 8px;
      }
    `]}#e;get#t(){let{window:e,start:t,end:n}=this.filters;return t||n?``:e===`all_time`?`this_year`:e||`this_month`}get#n(){return this.other||le(this.#t)||`last_month`}render(){return this.figure(this.#e,this.say(`comparison`),e=>{let t=this.#a(e.time_range),n=this.#a(e.compared_with),r=Se(e.top,e.other_top,this.by,M);return{columns:[this.say(`one_of_artists`),...[t,n].flatMap(e=>[this.say(`plays_in`,{name:e}),this.say(`minutes_in`,{name:e})])],rows:[[this.say(`altogether`),e.total.play_count,e.total.minutes,e.other_total.play_count,e.other_total.minutes],...r.map(({name:e,mine:t,other:n})=>[e,t?.play_count??null,t?.minutes??null,n?.play_count??null,n?.minutes??null])],caption:e.speech,inside:l`<div class="both">
            <div>${this.#o(e,t,n)}</div>
            ${r.length?l`<encore-chart
                    .hass=${this.hass}
                    label=${e.speech}
                    .height=${44+38*Math.min(j,r.length)}
                    .draw=${this.#s(r.slice(0,j),t,n)}
                  ></encore-chart>`:s}
          </div>`}},this.choice(this.say(`compared_with`),this.#r().map(e=>[e,this.#i(e)]),this.#n,e=>this.dispatchEvent(new CustomEvent(`other-chosen`,{detail:e}))),`encore-comparison`)}#r(){let e=this.names.recorded_from,t=Number(ne(this.hass)),n=e?Number(e.slice(0,4)):t,r=Array.from({length:Math.max(0,t-1-n)},(e,n)=>String(t-2-n)),i=new Set([this.#n,...we,...r]);return i.delete(this.#t),[...i]}#i(e){let t=this.say(`window_${e}`);return t===`window_${e}`?e.replaceAll(`_`,` `):t}#a(e){return e.name?this.#i(e.name):this.say(`from_until`,{from:m(this.hass,e.start.slice(0,10),`day`),until:m(this.hass,x(e.end),`day`)})}#o(e,t,n){let{hass:r,by:i}=this,a=Math.max(1,C(e.total,i),C(e.other_total,i)),o=e.change_percent,c=(e,t,n)=>l`<span class="one-line">${e}</span>
        <span class="number"
          >${w(r,t.play_count,`plays`)}
          <span class="quiet">${_(r,t.minutes)}</span></span
        >
        <div
          class="bar"
          style="width: ${(100*C(t,i)/a).toFixed(1)}%; background: ${n}"
        ></div>`;return l`${o===null?s:l`<p class="change number">
              ${o?this.say(o>0?`more_than`:`less_than`,{percent:p(r,Math.abs(o)/100)}):this.say(`the_same`)}
            </p>`}
      <div class="total">
        ${c(t,e.total,`var(--primary-color, #03a9f4)`)}
        ${c(n,e.other_total,`color-mix(in srgb, var(--secondary-text-color, #727272) 55%, var(--encore-surface))`)}
      </div>`}#s(e,t,n){let{by:r,hass:i}=this,a=e=>e?w(i,C(e,r),r):this.say(`not_among_the_most`);return o=>({grid:{left:4,right:12,top:4,bottom:24,containLabel:!0},legend:{bottom:0,itemWidth:12,itemHeight:12,textStyle:{color:o.text,width:150,overflow:`truncate`}},tooltip:{...he(o),trigger:`axis`,axisPointer:{type:`shadow`},formatter:([r])=>{let i=r&&e[r.dataIndex];return i?ge(i.name,`${t}: ${a(i.mine)}`,`${n}: ${a(i.other)}`):``}},xAxis:me(i,o,r,e.flatMap(e=>[e.mine?C(e.mine,r):0,e.other?C(e.other,r):0])),yAxis:{type:`category`,inverse:!0,data:e.map(e=>e.name),axisLine:{show:!1},axisTick:{show:!1},axisLabel:{color:o.text,width:this.narrow?100:150,overflow:`truncate`}},series:[{name:t,type:`bar`,data:e.map(e=>e.mine?C(e.mine,r):null),itemStyle:{color:o.primary,borderRadius:[0,4,4,0]}},{name:n,type:`bar`,data:e.map(e=>e.other?C(e.other,r):null),itemStyle:{color:o.quiet,opacity:.55,borderRadius:[0,4,4,0]}}]})}};r([e()],N.prototype,`other`,void 0),N=r([i(`encore-insights-comparison`)],N);var P=8,F=class extends A{constructor(...e){super(...e),this.of=`tracks`}sorts(){return this.choice(this.say(`sort`),[`artists`,`tracks`,`albums`].map(e=>[e,this.say(`sort_${e}`)]),this.of,e=>this.of=e)}ranking(e){return l`<encore-ranking
      .hass=${this.hass}
      .entries=${e}
      .of=${this.of}
      .by=${this.by}
      pickable
      @picked=${e=>this.look(this.of,e.detail)}
    ></encore-ranking>`}};r([n()],F.prototype,`of`,void 0);var I=class extends F{constructor(...e){super(...e),this.of=`artists`,this.#e=this.followed(`get_discoveries`,()=>({...this.asked,of:this.of,by:this.by,limit:P}))}#e;render(){return this.figure(this.#e,this.say(`discoveries`),e=>({columns:this.columnsOf(this.of),rows:this.rowsOf(e.discoveries,this.of),inside:l`<div class="facts">
            <div>
              <b>${h(this.hass,e.new)}</b>${this.say(`new_${this.of}`,{count:e.new,number:h(this.hass,e.different)})}
            </div>
          </div>
          ${e.discoveries.length?this.ranking(e.discoveries):this.nothing(this.say(`nothing_new`))}`}),this.sorts(),`encore-new-${this.of}`)}};I=r([i(`encore-insights-discoveries`)],I);var Te=[`90`,`180`,`365`,`1095`],L=class extends F{constructor(...e){super(...e),this._quiet=`180`,this.#e=this.followed(`get_forgotten_favorites`,()=>({...b(ce(this.filters)?this.filters:{...this.filters,window:`all_time`}),of:this.of,by:this.by,days_without_plays:Number(this._quiet),limit:P}))}#e;render(){return this.figure(this.#e,this.say(`forgotten`),e=>({columns:[...this.columnsOf(this.of),this.say(`last_heard`)],rows:e.forgotten_favorites.map((t,n)=>[...this.rowsOf(e.forgotten_favorites,this.of)[n]??[],t.last_played.slice(0,10)]),inside:l`<div class="facts">
            <div>
              <b>${h(this.hass,e.forgotten_count)}</b
              >${this.say(`forgotten_${this.of}`,{count:e.forgotten_count})}
            </div>
            ${this.choice(this.say(`quiet_for`),Te.map(e=>[e,this.say(`quiet_${e}`)]),this._quiet,e=>this._quiet=e)}
          </div>
          ${e.forgotten_favorites.length?this.ranking(e.forgotten_favorites.map(e=>({...e,note:this.#t(e)}))):this.nothing(this.say(`nothing_forgotten`))}`}),this.sorts(),`encore-forgotten-${this.of}`)}#t(e){let t=g(this.hass,e.last_played);return!e.artist||e.artist===e.name?this.say(`last_on`,{day:t}):this.say(`by_last_on`,{artist:ie(e.artist),day:t})}};r([n()],L.prototype,`_quiet`,void 0),L=r([i(`encore-insights-forgotten`)],L);var Ee=class extends F{#e=this.followed(`get_repeat_rate`,()=>({...this.asked,by:this.by,limit:P}));render(){return this.figure(this.#e,this.say(`repeats`),e=>({columns:this.columnsOf(`tracks`),rows:this.rowsOf(e.most_repeated,`tracks`),inside:l`<div class="facts">
            <div>
              <b>${p(this.hass,e.repeat_rate??0)}</b
              >${this.say(`were_repeats`)}
            </div>
            <div>
              <b>${h(this.hass,e.different)}</b
              >${this.say(`different_things`,{count:e.different})}
            </div>
          </div>
          ${e.most_repeated.length?this.ranking(e.most_repeated):this.nothing(this.say(`nothing_repeated`))}`}),void 0,`encore-repeated`)}};Ee=r([i(`encore-insights-repeats`)],Ee);var R=class extends A{static{this.styles=[...A.styles,a`
      :host {
        min-height: 0;
      }
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
        gap: 16px;
        margin: 0;
      }
      .surface {
        padding: 16px;
        min-width: 0;
        display: flex;
        flex-direction: column;
      }
      dt {
        order: -1;
      }
      dd {
        margin: 0;
      }
      dd.big {
        font-size: var(--ha-font-size-3xl, 28px);
        line-height: 1.3;
        letter-spacing: -0.01em;
        overflow-wrap: anywhere;
      }
      .least {
        font-size: var(--ha-font-size-m, 14px);
        display: block;
        line-height: 1;
        letter-spacing: 0;
      }
      .meter {
        height: 6px;
        border-radius: 3px;
        margin-top: 8px;
        overflow: hidden;
        background: color-mix(in srgb, currentColor 12%, transparent);
      }
      .meter div {
        height: 100%;
        background: var(--primary-color, #03a9f4);
      }
      @media (max-width: 500px) {
        dl {
          grid-template-columns: 1fr 1fr;
          gap: 12px;
        }
        .surface:last-child {
          grid-column: 1 / -1;
        }
        .surface {
          padding: 12px 14px;
        }
        dd.big {
          font-size: var(--ha-font-size-2xl, 24px);
        }
      }
    `]}#e=this.followed(`get_taste`,()=>({...this.asked,by:this.by,limit:1}));render(){let{listened:e,hass:t}=this,n=this.#e.answer,{total:r,time_range:i}=e,a=pe(e)?this.say(`at_least`):``,o=i.coverage;return l`<dl class=${this.#e.stale?`stale`:``}>
      ${this.#t(this.say(`plays`),h(t,r.play_count),n&&n.change_percent!==null&&n.before?this.say(n.change_percent===0?`as_many`:n.change_percent>0?`more_than_before`:`fewer_than_before`,{percent:p(t,Math.abs(n.change_percent)/100),from:m(t,n.before.start.slice(0,10),`day`),until:m(t,x(n.before.end),`day`)}):``,a)}
      ${this.#t(this.say(`listening_time`),_(t,r.minutes),e.days>1?this.say(`a_day`,{time:_(t,e.minutes_per_day),number:h(t,e.days)}):``,a)}
      ${this.#t(this.say(`different_artists`),n?h(t,n.different.artists):`…`,n&&n.half_of_plays.artists>1?this.say(`make_half`,{number:h(t,n.half_of_plays.artists)}):``,n&&a)}
      ${this.#t(this.say(`different_tracks`),n?h(t,n.different.tracks):`…`,n?.discovery_rate.tracks&&i.name!==`all_time`?this.say(`of_them_new`,{percent:p(t,n.discovery_rate.tracks)}):``,n&&a)}
      <div class="surface">
        <dt class="quiet">${this.say(`recorded`)}</dt>
        <dd class="big number">
          ${p(t,o<1?Math.min(o,.99):1)}
        </dd>
        <dd class="quiet small">
          ${i.gap_count?this.say(`gaps`,{number:h(t,i.gap_count),count:i.gap_count}):this.say(`no_gaps`)}
        </dd>
        <dd class="meter" aria-hidden="true">
          <div style="width: ${(100*o).toFixed(1)}%"></div>
        </dd>
      </div>
    </dl>`}#t(e,t,n,r){return l`<div class="surface">
      <dt class="quiet">${e}</dt>
      <dd class="big number">
        ${r?l`<span class="least quiet">${r}</span>`:s}
        ${t}
      </dd>
      ${n?l`<dd class="quiet small">${n}</dd>`:s}
    </div>`}};r([e({attribute:!1})],R.prototype,`listened`,void 0),R=r([i(`encore-insights-headline`)],R);var z=class extends A{#e=this.followed(`get_heatmap`,()=>({...this.asked,by:this.by}));render(){return this.figure(this.#e,this.say(`heatmap`),e=>({columns:[this.say(`weekday`),this.say(`hour`),this.say(e.by)],rows:ve(this.hass,e),caption:e.speech,card:{type:`custom:encore-heatmap-card`,...this.asked,by:this.by},inside:l`<encore-chart
          .hass=${this.hass}
          label=${e.speech}
          .height=${this.narrow?236:288}
          .draw=${_e(this.hass,e)}
        ></encore-chart>`}),void 0,`encore-hours-of-the-week`)}};z=r([i(`encore-insights-heatmap`)],z);var De=10,B=class extends A{#e=this.followed(`get_top`,()=>({...this.asked,of:`shows`,by:this.by,limit:De}));#t=this.followed(`get_listening_time`,()=>({...this.asked,kind:`podcast`}));render(){let{hass:e}=this,t=this.#t.answer,n=this.#e.state;return this.figure({state:n,stale:this.#e.stale},this.say(`podcasts`),({top:n})=>({columns:this.columnsOf(`shows`),rows:this.rowsOf(n,`shows`),card:{type:`custom:encore-top-card`,...this.asked,of:`shows`,by:this.by},inside:n.length?l`${t?l`<div class="facts">
                      <div>
                        <b>${_(e,t.total.minutes)}</b
                        >${this.say(`listening_time`)}
                      </div>
                      <div>
                        <b>${h(e,t.total.play_count)}</b
                        >${this.say(`of_episodes`,{count:t.total.play_count})}
                      </div>
                      <div>
                        <b>${h(e,t.days)}</b
                        >${this.say(`days_with_podcasts`,{count:t.days})}
                      </div>
                    </div>`:s}
              <encore-ranking
                .hass=${e}
                .entries=${n}
                of="shows"
                .by=${this.by}
                numbered
                pickable
                @picked=${e=>this.look(`shows`,e.detail)}
              ></encore-ranking>`:this.nothing(this.say(`no_podcasts`))}),void 0,`encore-podcasts`)}};B=r([i(`encore-insights-podcasts`)],B);var V=[`var(--primary-color, #03a9f4)`,`var(--accent-color, #ff9800)`,`var(--success-color, #43a047)`,`var(--purple-color, #926bc7)`,`var(--teal-color, #009688)`,`var(--pink-color, #e91e63)`],H=class extends A{static{this.styles=[...A.styles,a`
      .shares {
        display: flex;
        gap: 2px;
        height: 20px;
        border-radius: 10px;
        overflow: hidden;
        margin: 4px 0 12px;
      }
      .shares div {
        min-width: 2px;
      }
    `]}#e=this.followed(`get_top`,()=>({...this.asked,of:`rooms`,by:this.by,limit:20}));render(){let{by:e,hass:t}=this;return this.figure(this.#e,this.say(`top_rooms`),({top:n,speech:r})=>{let i=n.reduce((t,n)=>t+C(n,e),0)||1,a=t=>C(t,e)/i;return{columns:[this.say(`room`),this.say(`plays`),this.say(`minutes`),this.say(`percent`)],rows:n.map(e=>[e.name,e.play_count,e.minutes,Math.round(1e3*a(e))/10]),card:{type:`custom:encore-top-card`,...this.asked,of:`rooms`,by:e},inside:n.length?l`<div class="shares" role="img" aria-label=${r}>
                  ${n.map((n,r)=>l`<div
                        title="${n.name}: ${p(t,a(n))}"
                        style="flex: ${C(n,e)}; background: ${V[r%V.length]}; opacity: ${r<V.length?1:.5}"
                      ></div>`)}
                </div>
                <encore-ranking
                  .hass=${t}
                  .entries=${n.map(e=>({...e,note:this.say(`share_of_all`,{percent:p(t,a(e)),number:h(t,e.play_count),time:_(t,e.minutes)})}))}
                  of="rooms"
                  .by=${e}
                  pickable
                  @picked=${e=>this.go({filters:{room:e.detail.name}})}
                ></encore-ranking>`:this.nothing(this.say(`no_room`))}},void 0,`encore-rooms`)}};H=r([i(`encore-insights-rooms`)],H);var Oe=8,U=class extends A{constructor(...e){super(...e),this._per=`listener`,this.#e=this.followed(`get_sessions`,()=>({...this.asked,per:this._per,by:this.by===`plays`?`plays`:`minutes`,limit:Oe}))}static{this.styles=[...A.styles,a`
      ol {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      li {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        gap: 12px;
        padding: 7px 0;
        border-bottom: 1px solid var(--encore-line);
      }
      li:last-child {
        border: 0;
      }
      li > div {
        min-width: 0;
      }
      li > div:last-child {
        text-align: end;
        flex: none;
      }
      .longest b {
        cursor: default;
      }
    `]}#e;render(){let{hass:e}=this;return this.figure(this.#e,this.say(`sessions`),t=>({columns:[this.say(`from`),this.say(`until`),this.say(this._per),this.say(`plays`),this.say(`minutes`),this.say(`rooms`)],rows:t.latest.map(t=>[v(e,t.start),v(e,t.end),this.#t(t),t.play_count,t.minutes,t.rooms.join(`; `)]),inside:t.sessions?l`<div class="facts">
                <div>
                  <b>${h(e,t.sessions)}</b
                  >${this.say(`of_sessions`,{count:t.sessions})}
                </div>
                ${t.average?l`<div>
                        <b>${_(e,t.average.minutes)}</b
                        >${this.say(`on_average`)}
                      </div>`:s}
                ${t.longest?l`<div class="longest">
                        <b>${_(e,t.longest.minutes)}</b
                        >${this.say(`longest_session`,{day:g(e,t.longest.start)})}
                      </div>`:s}
              </div>
              <h3>${this.say(`latest_sessions`)}</h3>
              <ol>
                ${t.latest.map(e=>this.#n(e))}
              </ol>`:this.nothing()}),this.choice(this.say(`per`),[[`listener`,this.say(`per_listener`)],[`room`,this.say(`per_room`)]],this._per,e=>this._per=e),`encore-sessions`)}#t(e){return e.listener??e.room??``}#n(e){let{hass:t}=this,n=e.room?[]:e.rooms,r=[this.#t(e),...n].filter(Boolean);return l`<li>
      <div>
        <div class="one-line">
          ${this.say(`day_from_until`,{day:g(t,e.start),from:f(t,e.start),until:f(t,e.end)})}
        </div>
        <div class="one-line quiet small" dir="auto">${r.join(` · `)}</div>
      </div>
      <div class="number">
        <div>${_(t,e.minutes)}</div>
        <div class="quiet small">
          ${w(t,e.play_count,`plays`)}
        </div>
      </div>
    </li>`}};r([n()],U.prototype,`_per`,void 0),U=r([i(`encore-insights-sessions`)],U);var ke=e=>(new Date(`${e}T00:00Z`).getUTCDay()+6)%7,Ae=(e,t)=>{let[n]=e;if(!n)return[];let r=(ke(n.start)-t+7)%7,i=[...Array(r).fill(null),...e];for(;i.length%7;)i.push(null);return Array.from({length:i.length/7},(e,t)=>i.slice(7*t,7*t+7))},W=3,je=26,G=34,K=18,q=class extends T{constructor(...e){super(...e),this.days=[],this.by=`plays`,this.firstWeekday=0,this.label=``,this._width=0,this.#e=new ResizeObserver(([e])=>{e&&(this._width=Math.floor(e.contentRect.width))})}static{this.styles=[...T.styles,a`
      :host {
        display: block;
        min-height: 116px;
      }
      svg {
        display: block;
        max-width: 100%;
      }
      text {
        font-size: 11px;
        fill: var(--secondary-text-color, #727272);
      }
      rect {
        fill: var(--primary-color, #03a9f4);
      }
      rect.silent {
        fill: currentColor;
        opacity: 0.08;
      }
      rect:hover {
        stroke: currentColor;
      }
    `]}#e;connectedCallback(){super.connectedCallback(),this.#e.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.#e.disconnect()}render(){let e=Ae(this.days,this.firstWeekday),n=Math.max(1,Math.floor((this._width-G)/14)),r=e.slice(-n);if(!this._width||!r.length)return l``;let i=Math.min(je,Math.floor((this._width-G)/r.length)-W),a=i+W,o=Math.max(1,...this.days.map(e=>C(e,this.by)));return l`<svg
      role="img"
      aria-label=${this.label}
      width=${G+r.length*a}
      height=${K+7*a}
    >
      ${[0,2,4,6].map(e=>t`<text x="0" y=${K+e*a+i/2+4}>${oe(this.hass,(e+this.firstWeekday)%7)}</text>`)}
      ${this.#t(r).map(([e,n])=>t`<text x=${G+e*a} y="12">${n}</text>`)}
      ${r.map((e,n)=>e.map((e,r)=>e?t`<rect
                x=${G+n*a}
                y=${K+r*a}
                width=${i}
                height=${i}
                rx=${Math.min(4,i/4)}
                class=${e.play_count?``:`silent`}
                opacity=${e.play_count?.25+.75*Math.sqrt(C(e,this.by)/o):.08}
              ><title>${m(this.hass,e.start,`day`,`long`)}: ${w(this.hass,C(e,this.by),this.by)}</title></rect>`:null))}
    </svg>`}#t(e){let t=[],n=``;return e.forEach((e,r)=>{let i=e.find(e=>e!==null)?.start.slice(0,7)??``;if(!i||i===n)return;n=i;let[a,o]=i.split(`-`),s=t.at(-1);s&&r-s[0]<3&&t.pop(),t.push([r,o===`01`&&a?a:te(this.hass,Number(o),`short`)])}),t}};r([e({attribute:!1})],q.prototype,`days`,void 0),r([e()],q.prototype,`by`,void 0),r([e({type:Number})],q.prototype,`firstWeekday`,void 0),r([e()],q.prototype,`label`,void 0),r([n()],q.prototype,`_width`,void 0),q=r([i(`encore-calendar`)],q);var J=731,Me=140,Ne=class extends A{static{this.styles=[...A.styles,a`
      .short {
        display: flex;
        flex-wrap: wrap;
        gap: 16px 48px;
      }
      .short encore-calendar {
        flex: 0 1 auto;
        width: min(100%, var(--needed));
      }
      .short ol {
        flex: 1 1 240px;
        grid-template-columns: minmax(0, 1fr);
        align-content: start;
        margin: 0;
      }
      ol {
        list-style: none;
        margin: 16px 0 0;
        padding: 0;
        display: grid;
        gap: 4px 32px;
        grid-template-columns: repeat(auto-fill, minmax(min(260px, 100%), 1fr));
      }
      li {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        padding: 4px 0;
        border-bottom: 1px solid var(--encore-line);
      }
    `]}#e=this.followed(`get_streaks`,()=>({...this.asked,limit:6}));#t=this.followed(`get_timeline`,()=>({...this.asked,step:`day`,by:this.by,limit:J}));#n=this.followed(`get_heatmap`,()=>({time_range:`today`}));render(){return this.figure(this.#r,this.say(`streaks`),({streaks:e,days:t,speech:n})=>{let r=D(t,{limit:J}),i=Object.keys(this.#n.answer?.hours??{})[0];return{columns:[this.say(`day`),this.say(`plays`),this.say(`minutes`)],rows:E(this.hass,t,r),caption:n,inside:e.days?l`<div class="facts">
                  ${this.#i(e.current,`current_streak`)}
                  ${this.#i(e.streaks[0],`longest_streak`)}
                  <div>
                    <b>${h(this.hass,e.days)}</b
                    >${this.say(`days_with_plays`,{count:e.days})}
                  </div>
                </div>
                <div
                  class=${r.length<=Me?`short`:``}
                  style="--needed: ${64+29*Math.ceil(r.length/7+1)}px"
                >
                  <encore-calendar
                    .hass=${this.hass}
                    .days=${r}
                    .by=${this.by}
                    .firstWeekday=${Math.max(0,ye.indexOf(i??``))}
                    label=${n}
                  ></encore-calendar>
                  <ol aria-label=${this.say(`longest_streaks`)}>
                    ${e.streaks.map(e=>l`<li>
                          <span>${this.#o(e)}</span>
                          <span class="number">${this.#a(e.days)}</span>
                        </li>`)}
                  </ol>
                </div>`:this.nothing()}},void 0,`encore-days`)}get#r(){let[e,t]=[this.#e,this.#t],n=e.stale||t.stale,r=[e.state,t.state].find(e=>e.is===`refused`);if(r?.is===`refused`)return{state:r,stale:n};let{answer:i}=e;return!i||!t.answer?{state:{is:`asking`},stale:n}:{state:{is:`answered`,answer:{streaks:i,days:t.answer,speech:i.speech}},stale:n}}#i(e,t){return e?l`<div><b>${this.#a(e.days)}</b>${this.say(t)}</div>`:s}#a(e){return this.say(`days`,{number:h(this.hass,e),count:e})}#o({first:e,last:t}){let[n,r]=[e,t].map(e=>m(this.hass,e,`day`));return e===t?n??``:this.say(`from_until`,{from:n??``,until:r??``})}};Ne=r([i(`encore-insights-streaks`)],Ne);var Pe={artists:`artist`,tracks:`track`,albums:`album`,shows:`show`},Y=class extends c{constructor(...e){super(...e),this.usual=``,this.by=`plays`,this.words=`insights`,this.#e=new u(this,()=>({hass:this.hass,question:`get_play_count`,parameters:{...b(this.filters,this.usual),...this.#n,by:this.by}})),this.#t=new u(this,()=>{let{listener:e,room:t}=this.filters;return{hass:this.hass,question:`get_first_and_last_play`,parameters:{...e?{listener:e}:{},...t?{room:t}:{},...this.#n}}}),this.#o=()=>{let{item:e,type:t=``}=this.#n;this.dispatchEvent(new Event(`closed`)),this.dispatchEvent(new CustomEvent(`encore-go`,{detail:{page:`history`,filters:{window:this.filters.window||(this.#s?``:this.usual)},more:{thing:e,type:t}},bubbles:!0,composed:!0}))}}static{this.styles=[...c.styles,o,a`
      .head {
        display: flex;
        gap: 16px;
        align-items: center;
        padding-bottom: 12px;
        --encore-cover: 96px;
        --encore-cover-radius: 10px;
      }
      .head > div {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 8px 20px;
        margin: 0;
      }
      dd {
        margin: 0;
        text-align: end;
        overflow-wrap: anywhere;
      }
      .button {
        min-height: 40px;
      }
    `]}#e;#t;get#n(){let{of:e,entry:t}=this.chosen;return t.uri?{item:t.uri}:{item:e===`albums`&&t.artist?`${t.name} ${t.artist}`:t.name,type:Pe[e]}}render(){let{of:e,entry:t}=this.chosen,n=t.uri&&Fe(t.uri);return l`<encore-dialog
      .hass=${this.hass}
      heading=${this.say(`one_of_${e}`)}
      @closed=${()=>this.dispatchEvent(new Event(`closed`))}
    >
      <div class="head">
        <encore-cover
          .hass=${this.hass}
          .uri=${t.uri}
          .artist=${e===`artists`||e===`albums`?t.artist:null}
          .album=${e===`albums`?t.name:null}
          .show=${e===`shows`?t.name:null}
          .name=${t.name}
          ?round=${e===`artists`}
        ></encore-cover>
        <div>
          <h2 dir="auto">${t.name}</h2>
          ${t.artist&&t.artist!==t.name?l`<p class="quiet" dir="auto">${t.artist}</p>`:s}
        </div>
      </div>
      <dl>
        ${y(this.#e.state,e=>this.#r(e),{waiting:this.say(`waiting`),lines:2})}
        ${y(this.#t.state,e=>this.#i(e),{waiting:this.say(`waiting`),lines:2})}
      </dl>
      ${n?l`<a
              slot="actions"
              class="button"
              href=${n}
              target="_blank"
              rel="noreferrer"
              >${ee(`open`)}${this.say(`open_in_spotify`)}</a
            >`:s}
      <button slot="actions" class="button main" @click=${this.#o}>
        ${this.say(`show_in_history`)}
      </button>
    </encore-dialog>`}#r({total:e,rank:t,rank_of:n}){return l`<dt class="quiet">${this.say(`in_this_window`)}</dt>
      <dd class="number">
        ${w(this.hass,e.play_count,`plays`)},
        ${_(this.hass,e.minutes)}
      </dd>
      ${t?l`<dt class="quiet">${this.say(`place`)}</dt>
              <dd class="number">
                ${this.say(`place_of`,{place:h(this.hass,t),places:h(this.hass,n)})}
              </dd>`:s}`}#i({total:e,first:t,last:n}){return l`<dt class="quiet">${this.say(`altogether`)}</dt>
      <dd class="number">
        ${w(this.hass,e.play_count,`plays`)},
        ${_(this.hass,e.minutes)}
      </dd>
      ${this.#a(`first_heard`,t)} ${this.#a(`last_heard`,n)}`}#a(e,t){if(!t)return s;let n=[t.listener??``,...t.rooms].filter(Boolean);return l`<dt class="quiet">${this.say(e)}</dt>
      <dd>
        ${v(this.hass,t.started_at)}
        ${n.length?l`<div class="quiet small">${n.join(` · `)}</div>`:s}
      </dd>`}#o;get#s(){return!!(this.filters.start||this.filters.end)}};r([e({attribute:!1})],Y.prototype,`chosen`,void 0),r([e({attribute:!1})],Y.prototype,`filters`,void 0),r([e()],Y.prototype,`usual`,void 0),r([e()],Y.prototype,`by`,void 0),Y=r([i(`encore-insights-thing`)],Y);var Fe=e=>{let[,t,n]=/^spotify:(track|episode):(\w+)$/.exec(e)??[];return t&&n?`https://open.spotify.com/${t}/${n}`:null},Ie=.005,Le=(e,t,n)=>{let r=e=>{let r=e.slice(0,n===`hour`?13:10);return t.findLastIndex(e=>e.start.slice(0,r.length)<=r)},i=Math.max(1,t.length*Ie);return e.gaps.map(e=>[Math.max(0,r(e.start)),r(e.end)]).filter(([e,t])=>t-e>=i)},Re=4e3,X=class extends A{constructor(...e){super(...e),this.step=``,this.#e=this.followed(`get_timeline`,()=>({...this.asked,step:this.#n,by:this.by,limit:Re}))}#e;get#t(){let e=this.names.recorded_from;return ue(this.filters,k,e,new Date)}get#n(){return S(this.#t).find(e=>e===this.step)??de(this.#t)}render(){return this.figure(this.#e,this.say(`timeline`),e=>{let t=D(e,{limit:Re});return{columns:[this.say(e.step),this.say(`plays`),this.say(`minutes`)],rows:E(this.hass,e,t),caption:e.speech,card:{type:`custom:encore-timeline-card`,...this.asked,step:e.step,by:this.by},inside:t.length?l`<encore-chart
                .hass=${this.hass}
                label=${e.speech}
                .height=${this.narrow?220:260}
                .draw=${this.#r(e,t)}
                @chart-pick=${n=>this.#i(t[n.detail.index],e.step)}
              ></encore-chart>`:this.nothing()}},this.choice(this.say(`step`),S(this.#t).map(e=>[e,this.say(`by_${e}`)]),this.#n,e=>this.dispatchEvent(new CustomEvent(`step-chosen`,{detail:e}))),`encore-timeline`)}#r(e,t){let n=be(this.hass,e,{steps:t}),r=Le(e.time_range,t,e.step);return e=>{let t=n(e);if(!r.length)return t;let[i]=t.series;return{...t,series:[{...i,markArea:{silent:!0,itemStyle:{color:e.quiet,opacity:.12},label:{color:e.quiet,fontSize:11},data:r.map(([e,t],n)=>[{xAxis:e,...n?{}:{name:this.say(`not_recorded`)}},{xAxis:t}])}}]}}}#i(e,t){if(!e)return;let[n,r]=fe(e.start,t);this.go({filters:{window:``,start:n,end:r}})}};r([e()],X.prototype,`step`,void 0),X=r([i(`encore-insights-timeline`)],X);var Z=10,ze=50,Q=class extends A{constructor(...e){super(...e),this.of=`artists`,this._all=!1,this.#e=this.followed(`get_top`,()=>({...this.asked,of:this.of,by:this.by,limit:this._all?ze:Z}))}static{this.styles=[...A.styles,a`
      .more {
        margin-top: 8px;
        min-height: 40px;
      }
    `]}#e;render(){return this.figure(this.#e,this.say(`top_${this.of}`),({top:e})=>({columns:this.columnsOf(this.of),rows:this.rowsOf(e,this.of),card:{type:`custom:encore-top-card`,...this.asked,of:this.of,by:this.by},inside:e.length?l`<encore-ranking
                .hass=${this.hass}
                .entries=${e}
                .of=${this.of}
                .by=${this.by}
                numbered
                pickable
                @picked=${e=>this.look(this.of,e.detail)}
              ></encore-ranking>
              ${e.length>=Z?l`<button
                      class="button more"
                      aria-expanded=${this._all}
                      @click=${()=>this._all=!this._all}
                    >
                      ${this.say(this._all?`fewer`:`more`)}
                    </button>`:s}`:this.nothing()}),void 0,`encore-top-${this.of}`)}};r([e()],Q.prototype,`of`,void 0),r([n()],Q.prototype,`_all`,void 0),Q=r([i(`encore-insights-top`)],Q);var Be=[`artists`,`tracks`,`albums`],$=class extends O{constructor(...e){super(...e),this.words=`insights`,this.#e=new u(this,()=>({hass:this.hass,question:`get_listening_time`,parameters:b(this.filters,k)}))}static{this.styles=[...O.styles,a`
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 8px 16px;
        margin: 8px 4px 16px;
      }
      .head h2 {
        font-size: var(--ha-font-size-2xl, 24px);
        font-weight: var(--ha-font-weight-normal, 400);
        line-height: 1.2;
        letter-spacing: -0.01em;
      }
      :host([narrow]) .head {
        margin-top: 0;
      }
      :host([narrow]) .head h2 {
        font-size: var(--ha-font-size-xl, 20px);
      }
      .by {
        display: inline-flex;
        border: 1px solid var(--encore-line);
        border-radius: 20px;
        overflow: hidden;
        background: var(--encore-surface);
      }
      .by button {
        min-height: 40px;
        padding: 0 18px;
        border-radius: 20px;
      }
      :host([narrow]) .by {
        width: 100%;
      }
      :host([narrow]) .by button {
        flex: 1;
      }
      .by button:focus-visible {
        outline-offset: -2px;
      }
      .by button[aria-pressed="true"] {
        background: color-mix(
          in srgb,
          var(--primary-color, #03a9f4) 18%,
          var(--encore-surface)
        );
        font-weight: var(--ha-font-weight-medium, 500);
      }
      @media (min-width: 900px) {
        .grid {
          grid-template-columns: repeat(6, minmax(0, 1fr));
        }
        .grid > * {
          grid-column: span 2;
        }
        .grid > .wide {
          grid-column: 1 / -1;
        }
        .grid > .two {
          grid-column: span 4;
        }
        .grid > .half {
          grid-column: span 3;
        }
      }
      @media (min-width: 900px) and (max-width: 1150px) {
        .grid > *,
        .grid > .two {
          grid-column: span 3;
        }
      }
    `]}#e;#t(e){return this.query.get(e)??``}#n(e,t){let n=Object.fromEntries([`by`,`step`,`with`].map(e=>[e,this.#t(e)]));this.go({more:{...n,[e]:t},replace:!0})}get#r(){return this.#t(`by`)===`minutes`?`minutes`:`plays`}render(){return l`${y(this.#e.state,e=>this.#a(e),{waiting:this.say(`waiting`),lines:8})}
    ${this._looked?l`<encore-insights-thing
            .hass=${this.hass}
            .chosen=${this._looked}
            .filters=${this.filters}
            .usual=${k}
            .by=${this.#r}
            @closed=${()=>this._looked=void 0}
          ></encore-insights-thing>`:s}`}#i({time_range:e,recorded_from:t}){let n=ae(this.hass,new Date),r=e.name===`all_time`&&t||e.start,i=x(e.end);return re(this.hass,r.slice(0,10),i<n?i:n)}#a(e){if(!e.total.play_count&&!this.#e.stale)return e.recorded_from?d(`chart`,this.say(`nothing_here`),e.speech):d(`music`,this.say(`nothing_yet`),l`${this.say(`nothing_yet_more`)} ${this.importOffer()}`);let{hass:t,filters:n,names:r,narrow:i}=this,a=this.#r;return l`<div class="head">
        <h2>${this.#i(e)}</h2>
        <div class="by" role="group" aria-label=${this.say(`counted_by`)}>
          ${[`plays`,`minutes`].map(e=>l`<button
                aria-pressed=${e===a}
                @click=${()=>this.#n(`by`,e===`plays`?``:e)}
              >
                ${this.say(`by_${e}`)}
              </button>`)}
        </div>
      </div>
      <div
        class="grid"
        @look=${e=>this._looked=e.detail}
      >
        <encore-insights-headline
          class="wide ${this.#e.stale?`stale`:``}"
          .hass=${t}
          .filters=${n}
          .names=${r}
          .by=${a}
          .listened=${e}
        ></encore-insights-headline>
        <encore-insights-timeline
          class="wide"
          .hass=${t}
          .filters=${n}
          .names=${r}
          .narrow=${i}
          .by=${a}
          .step=${this.#t(`step`)}
          @step-chosen=${e=>this.#n(`step`,e.detail)}
        ></encore-insights-timeline>
        ${Be.map(e=>l`<encore-insights-top
              .hass=${t}
              .filters=${n}
              .names=${r}
              .by=${a}
              .of=${e}
            ></encore-insights-top>`)}
        <encore-insights-heatmap
          class="two"
          .hass=${t}
          .filters=${n}
          .names=${r}
          .narrow=${i}
          .by=${a}
        ></encore-insights-heatmap>
        <encore-insights-rooms
          .hass=${t}
          .filters=${n}
          .names=${r}
          .by=${a}
        ></encore-insights-rooms>
        <encore-insights-discoveries
          .hass=${t}
          .filters=${n}
          .names=${r}
          .by=${a}
        ></encore-insights-discoveries>
        <encore-insights-repeats
          .hass=${t}
          .filters=${n}
          .names=${r}
          .by=${a}
        ></encore-insights-repeats>
        <encore-insights-forgotten
          .hass=${t}
          .filters=${n}
          .names=${r}
          .by=${a}
        ></encore-insights-forgotten>
        <encore-insights-comparison
          class="wide"
          .hass=${t}
          .filters=${n}
          .names=${r}
          .narrow=${i}
          .by=${a}
          .other=${this.#t(`with`)}
          @other-chosen=${e=>this.#n(`with`,e.detail)}
        ></encore-insights-comparison>
        <encore-insights-streaks
          class="wide"
          .hass=${t}
          .filters=${n}
          .names=${r}
          .by=${a}
        ></encore-insights-streaks>
        <encore-insights-sessions
          class="half"
          .hass=${t}
          .filters=${n}
          .names=${r}
          .by=${a}
        ></encore-insights-sessions>
        ${n.kind&&n.kind!==`podcast`?s:l`<encore-insights-podcasts
                class="half"
                .hass=${t}
                .filters=${n}
                .names=${r}
                .by=${a}
              ></encore-insights-podcasts>`}
      </div>`}};r([n()],$.prototype,`_looked`,void 0),$=r([i(`encore-insights`)],$);export{$ as Insights};