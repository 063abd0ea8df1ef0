import{a as e,f as t,i as n,n as r,o as i,p as a,r as o,s,t as c,u as l}from"./element-KEvTEtVl.js";import{t as u}from"./query-DDQkTGvL.js";import{t as d}from"./repeat-C1l7pkLd.js";import{a as f,i as p,n as m,r as ee,s as h,t as g}from"./requests-BOXeojnY.js";import{C as _,E as v,T as y,_ as b,c as x,n as S,o as C,p as w,r as T,s as E,t as D,x as O,y as k}from"./format-BsfNSj2c.js";import{t as A}from"./notify-BaOBj0KC.js";import{t as j}from"./calm-CfW0WovY.js";import"./cover-Cc4cHo_Q.js";import{a as M,i as te,n as ne,o as re,r as ie,s as N,t as P}from"./plays-D3DpJC94.js";import"./dialog-_EHXyLTX.js";import{i as ae,n as F}from"./players-CZhXKqX8.js";import{t as I}from"./view-COxXq5bq.js";var L=({type:e,name:t,artist:n,uri:r},i)=>{let a=O(i);return e===`track`||e===`episode`?a.track=r??t:a[e]=t,e===`album`&&n&&(a.artist=n),{title:t,rule:a}},R=class extends j{constructor(...e){super(...e),this.thing=null,this.total=null,this.day=``,this.administrator=!1,this.words=`history`}static{this.styles=[...j.styles,a`
      .chosen {
        display: flex;
        align-items: center;
        gap: 16px;
        padding: 12px 8px 12px 16px;
        margin: 8px 0;
        --encore-cover: 56px;
      }
      .chosen > div {
        flex: 1;
        min-width: 0;
      }
      .button {
        min-height: 40px;
      }
    `]}render(){return l`${this.thing?this.#e(this.thing):s}${this.day?l`<div class="chosen surface">
            <div>
              ${this.say(`until_day`,{day:T(this.hass,this.day)})}
            </div>
            <button class="button" @click=${()=>this.#t(`newest`)}>
              ${this.say(`to_newest`)}
            </button>
          </div>`:s}`}#e(e){let{hass:t,total:n}=this,r=e.type===`artist`;return l`<div class="chosen surface">
      <encore-cover
        .hass=${t}
        .uri=${e.uri}
        .artist=${r?e.name:e.artist}
        .album=${e.type===`album`?e.name:null}
        .show=${e.type===`show`?e.name:null}
        .name=${e.artist||e.name}
        ?round=${r}
      ></encore-cover>
      <div>
        <h2 class="one-line" dir="auto">${e.name}</h2>
        <p class="quiet one-line" dir="auto">
          ${e.artist===e.name?this.say(`one_${e.type}`):e.artist}
        </p>
        <p class="quiet number">
          ${n?this.say(`day_total`,{count:n.play_count,number:C(t,n.play_count),time:E(t,n.minutes)}):s}
        </p>
      </div>
      ${this.administrator?l`<button
              class="icon-button"
              aria-label=${this.say(`forget_all`)}
              title=${this.say(`forget_all`)}
              @click=${()=>this.#t(`forget-all`)}
            >
              ${v(`trash`)}
            </button>`:s}
      <button
        class="icon-button"
        aria-label=${this.say(`all_plays`)}
        title=${this.say(`all_plays`)}
        @click=${()=>this.#t(`all-plays`)}
      >
        ${v(`close`)}
      </button>
    </div>`}#t(e){this.dispatchEvent(new Event(e))}};r([e({attribute:!1})],R.prototype,`thing`,void 0),r([e({attribute:!1})],R.prototype,`total`,void 0),r([e()],R.prototype,`day`,void 0),r([e({type:Boolean})],R.prototype,`administrator`,void 0),R=r([i(`encore-history-about`)],R);var z=`not_recording`,B=864e5,V=(e,t)=>new Date(Date.parse(`${e}T12:00:00Z`)+t*B).toISOString().slice(0,10),H=(e,t)=>{let n=[];for(let r=e;r<=t;r=V(r,1))n.push(r);return n},oe=(e,t,n,r,i)=>{let a=new Map(t.map(e=>[e.start,e]));return e.map(e=>{let t=U(`${e}T00:00:00`),o=Math.min(t+B,U(i)),s=e=>Math.max(0,Math.min(U(e.end),o)-Math.max(U(e.start),t)),c=(e,t)=>t.filter(t=>t.listener===e).reduce((e,t)=>e+s(t),0),l=r.filter(e=>s(e)>0),u=l.filter(e=>e.reason!==z),d=Math.min(...n.map(e=>c(e,l))),f=Math.max(0,Number.isFinite(d)?d:0,...n.map(e=>c(e,u))),p=a.get(e);return{date:e,play_count:p?.play_count??0,minutes:p?.minutes??0,missing:o>t?Math.min(1,f/(o-t)):0,gaps:d>0?l:u}})},U=e=>Date.parse(`${e.slice(0,19)}Z`),W={live:`M12 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4M7.800 7.800 6.300 6.300a8 8 0 0 0 0 11.400l1.500-1.500a5.900 5.900 0 0 1 0-8.400m8.400 0a5.900 5.900 0 0 1 0 8.400l1.500 1.500a8 8 0 0 0 0-11.400l-1.500 1.500Z`,polled:`M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20m0 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16m-1 3v6l4.800 2.900.8-1.300-4.100-2.400V7H11Z`,export:`M6 2a2 2 0 0 0-2 2v16c0 1.100.9 2 2 2h12a2 2 0 0 0 2-2V8l-6-6H6m7 1.500L18.500 9H13V3.500M11 12h2v4h2.500L12 19.500 8.500 16H11v-4Z`,account_data:`M6 2a2 2 0 0 0-2 2v16c0 1.100.9 2 2 2h12a2 2 0 0 0 2-2V8l-6-6H6m7 1.500L18.500 9H13V3.500M8 13h8v1.500H8V13m0 3h8v1.500H8V16Z`,sonos:`M7 2h10a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V4c0-1.100.9-2 2-2m5 2.500a1.800 1.800 0 1 0 0 3.600 1.800 1.800 0 0 0 0-3.600m0 5.500a5 5 0 1 0 0 10 5 5 0 0 0 0-10m0 2.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5Z`,player:`M4 4h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-5v2H9v-2H4a2 2 0 0 1-2-2V6c0-1.100.9-2 2-2m6 3.500v7l6-3.500-6-3.500Z`},se=a`
  .sources {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    color: var(--secondary-text-color, #727272);
  }
  .sources svg {
    width: 15px;
    height: 15px;
    fill: currentColor;
    display: block;
  }
`,ce=(e,n)=>l`<span class="sources"
    >${e.map(e=>l`<span title=${n(e)} role="img" aria-label=${n(e)}
          >${t`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${W[e]??W.player??``}></path></svg>`}</span
        >`)}</span
  >`,le=`1500px 0px`,G=class extends j{constructor(...e){super(...e),this.forgotten=new Set,this.relative=``,this.narrow=!1,this._near=!1,this.words=`history`}static{this.styles=[...j.styles,se,a`
      :host {
        --row: 64px;
        display: block;
      }
      :host([narrow]) {
        --row: 76px;
      }
      h2 {
        position: sticky;
        top: var(--encore-bar, 56px);
        z-index: 1;
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 12px;
        padding: 12px 4px 8px;
        background: var(--primary-background-color, #fafafa);
      }
      h2 span {
        font-size: var(--ha-font-size-m, 14px);
        font-weight: 400;
      }
      ul {
        list-style: none;
        margin: 0 0 8px;
        padding: 0;
        overflow: hidden;
      }
      li {
        height: var(--row);
        content-visibility: auto;
        contain-intrinsic-height: var(--row);
      }
      li + li {
        box-shadow: inset 0 1px 0 var(--encore-line);
      }
      .row {
        display: grid;
        grid-template-columns: 44px minmax(0, 2fr) minmax(0, 1.2fr) 120px 76px;
        gap: 0 16px;
        align-items: center;
        width: 100%;
        height: 100%;
        padding: 0 16px;
        text-align: start;
      }
      button.row:hover {
        background: color-mix(in srgb, currentColor 5%, transparent);
      }
      .row:focus-visible {
        outline-offset: -2px;
      }
      .row > span {
        display: block;
        min-width: 0;
      }
      .row > span > span:not(.sources, .where) {
        display: block;
      }
      .title {
        font-weight: var(--ha-font-weight-medium, 500);
      }
      .end {
        text-align: end;
        white-space: nowrap;
      }
      .row > .signs {
        justify-self: end;
      }
      :host([narrow]) .row {
        grid-template-columns: 48px minmax(0, 1fr) auto;
        padding: 0 12px;
        gap: 0 12px;
      }
      :host([narrow]) encore-cover {
        --encore-cover: 48px;
      }
      .where {
        display: flex;
        gap: 10px;
        align-items: center;
      }
      .skipped svg {
        width: 14px;
        height: 14px;
        fill: currentColor;
        vertical-align: -2px;
      }
      .now {
        color: var(--encore-telling);
        font-weight: var(--ha-font-weight-medium, 500);
      }
      .now::before {
        content: "";
        display: inline-block;
        width: 8px;
        height: 8px;
        margin-inline-end: 5px;
        border-radius: 50%;
        background: var(--primary-color, #03a9f4);
      }
      .gone {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
        height: 100%;
        padding: 0 16px;
      }
    `]}#e;connectedCallback(){super.connectedCallback(),this.#e=new IntersectionObserver(e=>{let t=e.at(-1);t&&(this._near=t.isIntersecting)},{rootMargin:le}),this.#e.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.#e?.disconnect()}render(){let{day:e,total:t,hass:n}=this,r=e.plays.length;return l`<h2>
        ${this.relative||T(n,e.date)}
        <span class="quiet number"
          >${t?this.say(`day_total`,{count:t.play_count,number:C(n,t.play_count),time:E(n,t.minutes)}):s}</span
        >
      </h2>
      <ul
        class="surface"
        style="height: calc(${r} * var(--row) + 2px)"
        aria-busy=${this._near?`false`:`true`}
      >
        ${this._near?d(e.plays,M,e=>l`<li>${this.#t(e)}</li>`):s}
      </ul>`}#t(e){if(this.forgotten.has(M(e)))return l`<div class="gone quiet">
        <span class="one-line" dir="auto"
          >${this.say(`forgotten_one`,{title:e.title})}</span
        >
        <button
          class="button"
          @click=${()=>this.#r(`play-restored`,e)}
        >
          ${this.say(`undo`)}
        </button>
      </div>`;let t=e.artists.join(`, `)||(e.station??``),n=e.rooms.join(`, `)||(e.device??``),r=l`<span class="one-line" dir="auto"
      >${e.listener}</span
    >`;return l`<button
      class="row"
      @click=${()=>this.#r(`play-picked`,e)}
    >
      <encore-cover
        .hass=${this.hass}
        .uri=${e.uri}
        .name=${e.album||t||e.title}
      ></encore-cover>
      <span>
        <span class="title one-line" dir="auto">${e.title}</span>
        <span class="quiet one-line" dir="auto">${t||e.album}</span>
        ${this.narrow?l`<span class="where small quiet"
                ><span class="one-line" dir="auto"
                  >${n?`${e.listener} · ${n}`:e.listener}</span
                >${this.#n(e)}</span
              >`:s}
      </span>
      ${this.narrow?s:l`<span
                >${r}<span class="quiet one-line" dir="auto"
                  >${n}</span
                ></span
              ><span class="signs">${this.#n(e)}</span>`}
      <span class="end number">
        <span>${b(this.hass,e.started_at)}</span>
        ${e.playing?l`<span class="now small">${this.say(`on_now`)}</span>`:l`<span
                class="quiet small skipped"
                title=${this.say(e.skipped?`heard_skipped`:`heard`)}
                >${e.skipped?v(`next`):s}${D(e.seconds_played)}</span
              >`}
      </span>
    </button>`}#n(e){return ce(e.sources,e=>this.say(`source_${e}`))}#r(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0,composed:!0}))}};r([e({attribute:!1})],G.prototype,`day`,void 0),r([e({attribute:!1})],G.prototype,`total`,void 0),r([e({attribute:!1})],G.prototype,`forgotten`,void 0),r([e()],G.prototype,`relative`,void 0),r([e({type:Boolean,reflect:!0})],G.prototype,`narrow`,void 0),r([n()],G.prototype,`_near`,void 0),G=r([i(`encore-history-day`)],G);var ue=(e,t,n,r)=>{let i=[t.title===n.title?``:t.title,t.ms_played===null?``:r(`observed_for`,{time:D(t.ms_played/1e3)}),...new Set([t.device??``,...t.rooms]),...[`skipped`,`shuffle`,`offline`,`incognito`].filter(e=>t[e]).map(e=>r(`observed_${e}`)),[t.reason_start,t.reason_end].filter(Boolean).join(` → `)].filter(Boolean);return l`<li
    style="padding: 8px 0; border-top: 1px solid var(--encore-line)"
  >
    <div>
      <strong style="font-weight: 500">${r(`source_${t.source}`)}</strong>
      <span class="quiet number">
        ${r(`between`,{from:b(e,t.started_at),until:b(e,t.ended_at)})},
        ${r(`certainty_${t.certainty}`)}</span
      >
    </div>
    ${i.length?l`<div class="quiet" dir="auto">${i.join(` · `)}</div>`:s}
    ${t.contributed.length?l`<div class="quiet small">
            ${r(`contributed`,{what:t.contributed.map(e=>r(`contributed_${e}`)).join(`, `)})}
          </div>`:s}
  </li>`},K=class extends c{constructor(...e){super(...e),this.of=``,this.administrator=!1,this._refused=``,this._onto=``,this.words=`history`,this.#o=async()=>{let e=this._details??this.play;if(e)try{let t=await f(this.hass,`play_media`,{item:e.uri,...this._onto?{room:this._onto}:{}});A(this,t.speech)}catch(e){A(this,h(e))}}}static{this.styles=[...c.styles,o,a`
      .head {
        display: flex;
        gap: 16px;
        align-items: center;
        --encore-cover: 96px;
        --encore-cover-radius: 10px;
      }
      .head > div {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .name {
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: var(--ha-font-weight-medium, 500);
        line-height: 1.25;
      }
      .do {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        padding: 16px 0 4px;
      }
      .do .button,
      .do select {
        min-height: 40px;
      }
      .do label {
        display: contents;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(84px, max-content) minmax(0, 1fr);
        gap: 6px 16px;
        margin: 12px 0;
      }
      dt {
        color: var(--secondary-text-color, #727272);
      }
      dd {
        margin: 0;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      h3 {
        margin: 16px 0 4px;
      }
      .spans {
        display: grid;
        grid-template-columns:
          minmax(0, max-content) minmax(60px, 1fr)
          max-content;
        gap: 6px 12px;
        align-items: center;
      }
      .track {
        position: relative;
        height: 10px;
        border-radius: 5px;
        background: color-mix(in srgb, currentColor 10%, transparent);
      }
      .track i {
        position: absolute;
        inset-block: 0;
        border-radius: 5px;
        background: var(--primary-color, #03a9f4);
        min-width: 4px;
      }
      .observations {
        list-style: none;
        margin: 0;
        padding: 0;
      }
    `]}willUpdate(e){e.has(`of`)&&this.#e(this.of)}async#e(e){if(this._details=void 0,this._refused=``,e)try{let t=await this.hass.connection.sendMessagePromise({type:`encore/play`,play:e,language:this.hass.language});e===this.of&&(this._details=t)}catch(t){e===this.of&&(this._refused=h(t))}}render(){let e=this._details??this.play;return l`<encore-dialog
      .hass=${this.hass}
      heading=${this.say(`details`)}
      @closed=${()=>this.dispatchEvent(new Event(`closed`))}
    >
      ${e?this.#t(e):s}
      ${this._details?this.#r(this._details):this._refused?_(`warning`,this._refused):this.of?y(this.say(`waiting`)):l`<p class="quiet">${this.say(`still_on`)}</p>`}
    </encore-dialog>`}#t(e){let t=P(e.uri);return l`<div class="head">
        <encore-cover
          .hass=${this.hass}
          .uri=${e.uri}
          .name=${e.album||e.artists[0]||e.title}
        ></encore-cover>
        <div>
          <p class="name" dir="auto">${e.title}</p>
          <p dir="auto">${e.artists.join(`, `)||e.station}</p>
          <p class="quiet" dir="auto">${e.album}</p>
        </div>
      </div>
      <div class="do">
        ${t?l`<button class="button main" @click=${this.#o}>
                  ${v(`play`)}${this.say(`play_again`)}
                </button>
                ${this.#n()}`:s}
        ${e.in_progress?s:l`<button class="button" @click=${()=>this.#a(`replay`)}>
                ${v(`again`)}${this.say(`replay`)}
              </button>`}
        ${t?l`<a
                class="button"
                href=${t}
                target="_blank"
                rel="noreferrer"
                >${v(`open`)}${this.say(`open_in_spotify`)}</a
              >`:s}
        ${this.administrator&&e.id?l`<button
                class="button danger"
                @click=${()=>this.#a(`forget`)}
              >
                ${v(`trash`)}${this.say(`forget`)}
              </button>`:s}
      </div>`}#n(){let e=ae(this.hass).filter(e=>e.isRoom);return e.length?l`<label
      ><span class="unseen">${this.say(`onto`)}</span
      ><select
        @change=${e=>this._onto=e.target.value}
      >
        <option value="">${this.say(`onto_usual`)}</option>
        ${e.map(({name:e})=>l`<option value=${e}>${e}</option>`)}
      </select></label
    >`:s}#r(e){let{hass:t}=this,n=e.device,r=P(e.context_uri),i=e.context_uri?.split(`:`)[1]??``;return l`<dl>
        <dt>${this.say(`when`)}</dt>
        <dd>
          ${this.say(`from_until`,{day:T(t,e.started_at),from:b(t,e.started_at),until:b(t,e.ended_at)})}
        </dd>
        <dt>${this.say(`heard`)}</dt>
        <dd>
          ${e.duration_ms?this.say(`heard_of`,{heard:D(e.ms_played/1e3),length:D(e.duration_ms/1e3)}):D(e.ms_played/1e3)}${e.skipped?l` · ${this.say(`skipped`)}`:s}
        </dd>
        <dt>${this.say(`listener`)}</dt>
        <dd dir="auto">${e.listener}</dd>
        ${n?l`<dt>${this.say(`device`)}</dt>
                <dd dir="auto">${n}</dd>`:s}
        ${e.context_uri?l`<dt>${this.say(`context`)}</dt>
                <dd>
                  ${r?l`<a href=${r} target="_blank" rel="noreferrer"
                          >${this.say(`context_${i}`)}</a
                        >`:e.context_uri}
                </dd>`:s}
      </dl>
      ${e.rooms.length?this.#i(e):s}
      <h3>
        ${this.say(`rests_on`,{count:e.observations.length,number:C(t,e.observations.length)})}
      </h3>
      <ul class="observations">
        ${e.observations.map(n=>ue(t,n,e,(e,t)=>this.say(e,t)))}
      </ul>`}#i(e){let t=Date.parse(e.started_at),n=Math.max(1,Date.parse(e.ended_at)-t),r=e=>Math.max(0,Math.min(100,(Date.parse(e)-t)/n*100));return l`<h3>${this.say(`rooms`)}</h3>
      <div class="spans">
        ${e.rooms.map(({room:t,from:n,to:i})=>{let a=e.volumes.filter(e=>e.room===t);return l`<span dir="auto">${t}</span
            ><span class="track" aria-hidden="true"
              ><i
                style="inset-inline-start: ${r(n)}%; width: ${r(i)-r(n)}%"
              ></i></span
            ><span class="quiet number small"
              >${this.say(`between`,{from:b(this.hass,n),until:b(this.hass,i)})}${a.length?l` ·
                    ${a.map(e=>`${e.percent} %`).filter((e,t,n)=>e!==n[t-1]).join(` → `)}`:s}</span
            >`})}
      </div>`}#a(e){this.dispatchEvent(new CustomEvent(e,{detail:this._details??this.play}))}#o};r([e({attribute:!1})],K.prototype,`play`,void 0),r([e()],K.prototype,`of`,void 0),r([e({type:Boolean})],K.prototype,`administrator`,void 0),r([n()],K.prototype,`_details`,void 0),r([n()],K.prototype,`_refused`,void 0),r([n()],K.prototype,`_onto`,void 0),K=r([i(`encore-play-details`)],K);var q=class extends c{constructor(...e){super(...e),this._keepAway=!0,this._busy=!1,this._refused=``,this.words=`history`,this.#n=async()=>{this._busy=!0;try{let e=await m(this.hass,`delete_plays`,{...this.many?.rule??{play_ids:[this.play?.id]},block_reimport:this._keepAway,confirm:!0});this.dispatchEvent(new CustomEvent(`forgotten`,{detail:e}))}catch(e){this._refused=h(e),this._busy=!1}}}static{this.styles=[...c.styles,a`
      p {
        margin: 0 0 12px;
      }
      label {
        display: flex;
        gap: 12px;
        align-items: flex-start;
        min-height: 40px;
        cursor: pointer;
      }
      input {
        min-height: 0;
        width: 20px;
        height: 20px;
        margin: 2px 0 0;
        flex: none;
        accent-color: var(--primary-color, #03a9f4);
      }
      .error {
        color: var(--error-color, #db4437);
      }
      .button {
        min-height: 40px;
      }
    `]}connectedCallback(){super.connectedCallback(),this.many&&this.#e(this.many)}async#e({rule:e}){try{this._counted=await m(this.hass,`delete_plays`,{...e,preview:!0})}catch(e){this._refused=h(e)}}get#t(){let{play:e,many:t,_counted:n}=this;return e?this.say(`forget_what`,{title:e.title,listener:e.listener,time:b(this.hass,e.started_at)}):!t||!n?this._refused?``:this.say(`waiting`):this.say(`forget_many`,{title:t.title,count:n.play_count,number:C(this.hass,n.play_count),time:E(this.hass,n.minutes)})}render(){return l`<encore-dialog
      .hass=${this.hass}
      heading=${this.say(this.many?`forget_these`:`forget_this`)}
      @closed=${()=>this.dispatchEvent(new Event(`closed`))}
    >
      <p dir="auto" aria-live="polite">${this.#t}</p>
      <p class="quiet">${this.say(`forget_more`)}</p>
      <label
        ><input
          type="checkbox"
          .checked=${this._keepAway}
          @change=${e=>this._keepAway=e.target.checked}
        /><span
          >${this.say(`keep_away`)}<br /><span class="quiet small"
            >${this.say(`keep_away_more`)}</span
          ></span
        ></label
      >
      ${this._refused?l`<p class="error" role="alert">${this._refused}</p>`:s}
      <button
        slot="actions"
        class="button"
        @click=${()=>this.dispatchEvent(new Event(`closed`))}
      >
        ${this.say(`cancel`)}
      </button>
      <button
        slot="actions"
        class="button danger"
        ?disabled=${this._busy||!!this.many&&!this._counted?.play_count}
        @click=${this.#n}
      >
        ${this.say(`forget_it`)}
      </button>
    </encore-dialog>`}#n};r([e({attribute:!1})],q.prototype,`play`,void 0),r([e({attribute:!1})],q.prototype,`many`,void 0),r([n()],q.prototype,`_keepAway`,void 0),r([n()],q.prototype,`_counted`,void 0),r([n()],q.prototype,`_busy`,void 0),r([n()],q.prototype,`_refused`,void 0),q=r([i(`encore-forget-dialog`)],q);var J=class extends c{constructor(...e){super(...e),this.heard=[],this._onto=``,this._withGroup=!0,this._busy=!1,this._refused=``,this._nowhere=!1,this.words=`history`,this.#r=async()=>{this._busy=!0;try{let{speech:e}=await f(this.hass,`replay`,{...this.#e});A(this,e),this.dispatchEvent(new Event(`closed`))}catch(e){this._refused=h(e)}this._busy=!1}}static{this.styles=[...c.styles,o,a`
      p {
        margin: 0 0 12px;
      }
      label {
        display: flex;
        gap: 12px;
        align-items: center;
        min-height: 44px;
      }
      input {
        min-height: 0;
        width: 20px;
        height: 20px;
        accent-color: var(--primary-color, #03a9f4);
      }
      ol {
        margin: 12px 0;
        padding-inline-start: 28px;
        max-height: 240px;
        overflow: auto;
      }
      .button {
        min-height: 40px;
      }
    `]}connectedCallback(){super.connectedCallback(),this.#t()}get#e(){let[e]=this.heard,t=this.heard.at(-1);return{start_time:e?.started_at,end_time:t?.ended_at,listener:e?.listener,with_group:this._withGroup&&!this._onto,...this._onto?{target_room:this._onto}:{}}}async#t(){this._again=void 0,this._refused=``;let e=this.#e,t=JSON.stringify(e);try{let n=await f(this.hass,`replay`,{...e,preview:!0});t===JSON.stringify(this.#e)&&(this._again=n)}catch(e){if(t!==JSON.stringify(this.#e))return;let{code:n,message:r}=ee(e);n===`unknown_replay_room`&&(this._nowhere=!0),this._refused=n===`unknown_replay_room`?this.say(`replay_nowhere`):r}}render(){let e=this._again;return l`<encore-dialog
      .hass=${this.hass}
      heading=${this.say(`replay`)}
      @closed=${()=>this.dispatchEvent(new Event(`closed`))}
    >
      <label
        >${this.say(`onto`)}
        <select
          @change=${e=>{this._onto=e.target.value,this.#t()}}
        >
          <option value="">
            ${this.say(this._nowhere?`choose_place`:`onto_then`)}
          </option>
          ${F(this.hass).map(e=>l`<option value=${e}>${e}</option>`)}
        </select>
      </label>
      <label
        ><input
          type="checkbox"
          .checked=${this._withGroup}
          ?disabled=${!!this._onto||this._nowhere}
          @change=${e=>{this._withGroup=e.target.checked,this.#t()}}
        />${this.say(`with_group`)}</label
      >
      <div aria-live="polite">
        ${this._refused?_(`warning`,this._refused):e?this.#n(e):y(this.say(`waiting`),3)}
      </div>
      <button
        slot="actions"
        class="button"
        @click=${()=>this.dispatchEvent(new Event(`closed`))}
      >
        ${this.say(`cancel`)}
      </button>
      <button
        slot="actions"
        class="button main"
        ?disabled=${this._busy||!e?.play_count||!!e.problem}
        @click=${this.#r}
      >
        ${this.say(`replay_it`)}
      </button>
    </encore-dialog>`}#n(e){let t=e.plays.reduce((e,t)=>e+t.seconds_played,0);return l`<p>${e.speech}</p>
      ${e.play_count?l`<p class="quiet number">
              ${this.say(`replay_total`,{count:e.play_count,number:C(this.hass,e.play_count),time:E(this.hass,t/60)})}
            </p>`:s}
      <ol>
        ${e.plays.map(e=>l`<li dir="auto">${e.title}</li>`)}
      </ol>
      ${e.not_found.length?l`<h3>${this.say(`not_found`)}</h3>
              <ul>
                ${e.not_found.map(e=>l`<li dir="auto">
                      ${e.title}
                      <span class="quiet"
                        >${this.say(`missing_${e.reason}`)}</span
                      >
                    </li>`)}
              </ul>`:s}`}#r};r([e({attribute:!1})],J.prototype,`heard`,void 0),r([n()],J.prototype,`_onto`,void 0),r([n()],J.prototype,`_withGroup`,void 0),r([n()],J.prototype,`_busy`,void 0),r([n()],J.prototype,`_again`,void 0),r([n()],J.prototype,`_refused`,void 0),r([n()],J.prototype,`_nowhere`,void 0),J=r([i(`encore-replay-dialog`)],J);var de=180,fe=[`track`,`artist`,`album`,`show`,`episode`],Y=class extends c{constructor(...e){super(...e),this.filters=k,this._text=``,this._refused=``,this.words=`history`,this.#e=0}static{this.styles=[...c.styles,o,a`
      :host {
        display: block;
      }
      .field {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 4px 8px 4px 16px;
      }
      .field > svg {
        fill: var(--secondary-text-color, #727272);
        flex: none;
      }
      input {
        flex: 1;
        min-width: 0;
        min-height: 44px;
        border: 0;
        background: none;
        padding: 0 4px;
        font-size: var(--ha-font-size-l, 16px);
      }
      input::-webkit-search-cancel-button {
        display: none;
      }
      .found {
        border-top: 1px solid var(--encore-line);
        padding: 4px 0 8px;
      }
      .found h2 {
        font-size: var(--ha-font-size-m, 14px);
        padding: 12px 16px 4px;
        color: var(--secondary-text-color, #727272);
      }
      ul {
        list-style: none;
        margin: 0;
        padding: 0 8px;
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(320px, 100%), 1fr));
      }
      li button {
        display: flex;
        align-items: center;
        gap: 12px;
        width: 100%;
        min-height: 60px;
        padding: 6px 8px;
        border-radius: 8px;
        text-align: start;
      }
      li button:hover {
        background: color-mix(in srgb, currentColor 6%, transparent);
      }
      li span {
        display: block;
      }
      .names {
        flex: 1;
        min-width: 0;
      }
      .often {
        text-align: end;
        white-space: nowrap;
      }
    `]}#e;#t;disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.#t)}updated(e){e.has(`filters`)&&this._text&&this.#a()}render(){return l`<div class="field" role="search">
        ${v(`search`)}
        <input
          type="search"
          autocomplete="off"
          spellcheck="false"
          placeholder=${this.say(`search`)}
          aria-label=${this.say(`search`)}
          .value=${this._text}
          @input=${e=>{this.#i(e.target.value)}}
          @keydown=${e=>{e.key===`Escape`&&this.clear()}}
        />
        ${this._text?l`<button
                class="icon-button"
                aria-label=${this.say(`search_end`)}
                @click=${()=>this.clear()}
              >
                ${v(`close`)}
              </button>`:s}
      </div>
      <div role="status" class="unseen">
        ${this._answer&&this._text?this.say(`search_count`,{count:this._answer.count,number:C(this.hass,this._answer.count)}):s}
      </div>
      ${this._text.trim()?this.#n():s}`}#n(){if(this._refused)return _(`warning`,this._refused);let e=this._answer;return e?e.count?l`<div class="found">
      ${fe.map(t=>{let n=e.found.filter(e=>e.type===t);if(!n.length)return s;let r=e.counts[t]??n.length;return l`<h2>
            ${this.say(`type_${t}`)}
            <span class="small number">${C(this.hass,r)}</span>
          </h2>
          <ul>
            ${n.map(e=>l`<li>${this.#r(e)}</li>`)}
          </ul>`})}
    </div>`:_(`search`,this.say(`search_nothing`),this.say(`search_nothing_more`)):s}#r(e){return l`<button
      @click=${()=>{this.dispatchEvent(new CustomEvent(`found-picked`,{detail:e})),this.clear()}}
    >
      <encore-cover
        .hass=${this.hass}
        .uri=${e.uri}
        .name=${e.artist||e.name}
        ?round=${e.type===`artist`}
      ></encore-cover>
      <span class="names"
        ><span class="one-line" dir="auto">${e.name}</span>${e.artist&&e.artist!==e.name?l`<span class="quiet one-line" dir="auto"
                >${e.artist}</span
              >`:s}</span
      >
      <span class="often small quiet number"
        ><span
          >${this.say(`count_plays`,{count:e.play_count,number:C(this.hass,e.play_count)})}</span
        ><span>${w(this.hass,e.last_played)}</span></span
      >
    </button>`}#i(e){this._text=e,clearTimeout(this.#t),this.#t=setTimeout(()=>this.#a(),de)}#a(){let e=this._text.trim(),t=++this.#e;e?p(this.hass,`search`,{...O(this.filters),text:e,limit:30,where:`history`}).then(e=>{t===this.#e&&(this._answer=e,this._refused=``)},e=>{t===this.#e&&(this._refused=h(e))}):(this._answer=void 0,this._refused=``)}clear(){this.#e++,clearTimeout(this.#t),this._text=``,this._answer=void 0,this._refused=``}};r([e({attribute:!1})],Y.prototype,`filters`,void 0),r([n()],Y.prototype,`_text`,void 0),r([n()],Y.prototype,`_answer`,void 0),r([n()],Y.prototype,`_refused`,void 0),Y=r([i(`encore-history-search`)],Y);var pe=8,me=5,X=class extends c{constructor(...e){super(...e),this.filters=k,this.chosen=``,this.narrow=!1,this._at=-1,this.words=`history`,this.#e=new g(this,()=>({hass:this.hass,question:`get_timeline`,parameters:{...O({...this.filters,window:``,start:``,end:``}),step:`day`,start_time:this.#i}})),this.#t=new g(this,()=>({hass:this.hass,question:`get_coverage`,parameters:this.#n})),this.#a=``}static{this.styles=[...c.styles,a`
      :host {
        display: block;
        padding: 12px 16px;
      }
      .days {
        display: flex;
        align-items: stretch;
        gap: 2px;
        height: 76px;
        overflow: hidden;
        margin: 0 -4px;
        padding: 0 4px;
      }
      .days button {
        flex: 1;
        min-width: 0;
        display: flex;
        flex-direction: column;
        justify-content: flex-end;
        gap: 3px;
        padding: 4px 1px 0;
        border-radius: 4px;
      }
      .days button:focus-visible {
        outline-offset: -2px;
      }
      .days button:hover,
      .days button[aria-current] {
        background: color-mix(in srgb, currentColor 10%, transparent);
      }
      .bar {
        border-radius: 3px 3px 0 0;
        background: var(--primary-color, #03a9f4);
        opacity: 0.75;
        min-height: 0;
      }
      button[aria-current] .bar,
      button:hover .bar {
        opacity: 1;
      }
      .recorded {
        height: 6px;
        border-radius: 2px;
        flex: none;
        background: var(--success-color, #43a047);
      }
      .some .recorded {
        background: linear-gradient(
          90deg,
          var(--warning-color, #ffa600) var(--missing),
          var(--success-color, #43a047) var(--missing)
        );
      }
      .none .recorded {
        background: repeating-linear-gradient(
          135deg,
          color-mix(in srgb, currentColor 45%, transparent) 0 2px,
          transparent 2px 5px
        );
      }
      .week {
        margin-inline-start: 4px;
      }
      .labels,
      .key {
        display: flex;
        gap: 4px 16px;
        flex-wrap: wrap;
        justify-content: space-between;
        padding-top: 4px;
      }
      .key span {
        display: inline-flex;
        gap: 6px;
        align-items: center;
      }
      .key .recorded {
        width: 16px;
      }
      .key .bar {
        width: 8px;
        height: 12px;
      }
      .key > div {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
      }
    `]}#e;#t;get#n(){let{listener:e}=this.filters;return{start_time:this.#i,limit:100,...e?{listener:e}:{}}}get#r(){return S(this.hass,new Date)}get#i(){let e=this.narrow?me:pe;return V(this.#r,1-7*e)}shouldUpdate(){return!this.onlyStates()||this.#a!==this.#r}#a;render(){let e=this.#e.answer,t=this.#t.answer;if(this.#a=this.#r,!e||!t)return l`<div class="days" aria-hidden="true"></div>`;let n=oe(H(this.#i,this.#r),e.steps,t.by_listener.map(e=>e.listener),t.gaps,t.time_range.end),r=Math.max(1,...n.map(e=>e.minutes)),i=this._at<0?this.#c(n):this._at;return l`<div
        class="days"
        role="group"
        aria-label=${this.say(`strip`)}
        @keydown=${e=>this.#l(e,n.length)}
      >
        ${n.map((e,t)=>this.#o(e,r,t,t===i))}
      </div>
      <div class="labels small quiet">
        <span>${w(this.hass,n[0]?.date??``)}</span>
        <span>${this.say(`today`)}</span>
      </div>
      <div class="key small quiet">
        <div>
          <span><i class="bar"></i>${this.say(`key_heard`)}</span>
          <span><i class="recorded"></i>${this.say(`key_recorded`)}</span>
          ${n.some(e=>Q(e))?l`<span class="some" style="--missing: 50%"
                  ><i class="recorded"></i>${this.say(`key_partly`)}</span
                >`:s}
          ${n.some(e=>Z(e))?l`<span class="none"
                  ><i class="recorded"></i>${this.say(`key_gap`)}</span
                >`:s}
        </div>
        <span>${t.speech}</span>
      </div>`}#o(e,t,n,r){let i=this.#s(e),a=new Date(`${e.date}T12:00:00Z`).getUTCDay()===1;return l`<button
      class="${Z(e)?`none`:Q(e)?`some`:``} ${a&&n?`week`:``}"
      style="--missing: ${Math.round(e.missing*100)}%"
      tabindex=${r?0:-1}
      title=${i}
      aria-label=${i}
      aria-current=${e.date===this.chosen?`date`:s}
      @click=${()=>{this._at=n,this.dispatchEvent(new CustomEvent(`day-picked`,{detail:e.date}))}}
    >
      <span
        class="bar"
        style="height: ${e.minutes?Math.max(4,e.minutes/t*100):0}%"
      ></span>
      <span class="recorded"></span>
    </button>`}#s(e){let{hass:t}=this,n=this.say(e.play_count?`strip_day`:`strip_day_silent`,{day:T(t,e.date),count:e.play_count,number:C(t,e.play_count),time:E(t,e.minutes)});if(!e.gaps.length)return n;let r=new Map(e.gaps.map(e=>[`${e.listener} ${e.reason}`,this.say(`strip_gap`,{listener:e.listener,reason:this.say(`gap_${e.reason}`)})]));return[n,this.say(`strip_missing`,{share:x(t,e.missing)}),...r.values()].join(`
`)}#c(e){let t=e.findIndex(e=>e.date===this.chosen);return t<0?e.length-1:t}#l(e,t){let n={ArrowLeft:-1,ArrowRight:1,ArrowUp:-7,ArrowDown:7}[e.key],r={Home:0,End:t-1}[e.key];if(n===void 0&&r===void 0)return;e.preventDefault();let i=[...this.renderRoot.querySelectorAll(`button`)],a=i.findIndex(e=>e.tabIndex===0);this._at=Math.max(0,Math.min(t-1,r??a+(n??0))),i[this._at]?.focus()}};r([e({attribute:!1})],X.prototype,`filters`,void 0),r([e()],X.prototype,`chosen`,void 0),r([e({type:Boolean,reflect:!0})],X.prototype,`narrow`,void 0),r([n()],X.prototype,`_at`,void 0),X=r([i(`encore-calendar-strip`)],X);var Z=e=>e.missing>.98,Q=e=>e.missing>.02&&!Z(e),he=a`
  :host {
    --encore-bar: calc(var(--header-height, 56px) + env(safe-area-inset-top));
  }
  :host([narrow]) {
    --encore-bar: calc(
      var(--header-height, 56px) + 48px + env(safe-area-inset-top)
    );
  }
  .top {
    margin-bottom: 8px;
  }
  encore-history-search {
    border-top: 1px solid var(--encore-line);
  }
  .end {
    display: grid;
    justify-items: center;
    padding: 24px;
    min-height: 90px;
  }
  .button {
    min-height: 40px;
  }
`,ge=100,$=class extends I{constructor(...e){super(...e),this.words=`history`,this._list=null,this._fetching=!1,this._stopped=``,this._doing=null,this._forgetting=null,this._forgotten=new Map,this.#o=new g(this,()=>({hass:this.hass,question:`get_plays`,parameters:this.#a})),this.#s=new g(this,()=>{let e=this.#c;return e&&{hass:this.hass,question:`get_timeline`,parameters:{...e,step:`day`,limit:1e4}}}),this.#y=e=>{this.#x({day:e.detail})},this.#b=e=>{let{type:t,name:n,artist:r,uri:i}=e.detail,a=t===`track`||t===`episode`?i:null,o=t===`album`?`${n} ${r}`:n;this.#x({thing:a??o,type:t,day:``})}}static{this.styles=[...I.styles,he]}#e;#t;#n;get#r(){let e=this.query.get(`thing`),t=this.query.get(`type`);return e?{item:e,...t?{type:t}:{}}:{}}get#i(){return this.query.get(`day`)??``}get#a(){let e={...O(this.filters,`all_time`),...this.#r,limit:ge},t=this.#i;if(!t)return e;let{time_range:n,...r}=e;return{...r,end_time:t}}#o;#s;get#c(){let e=this._list?.plays.at(-1);if(!e||this.#o.stale||this.query.get(`thing`))return null;let{window:t,start:n}=this.filters,{time_range:r,...i}=O(this.filters,`all_time`);return n||t&&t!==`all_time`?{...i,...r?{time_range:r}:{}}:{...i,start_time:`${e.started_at.slice(0,7)}-01`,...this.#i?{end_time:this.#i}:{}}}connectedCallback(){super.connectedCallback(),this.#n=new IntersectionObserver(e=>{e.at(-1)?.isIntersecting&&this.#l()},{rootMargin:`1600px 0px`}),this._end&&this.#n.observe(this._end)}disconnectedCallback(){super.disconnectedCallback(),this.#n?.disconnect()}shouldUpdate(){return!this.onlyStates()}willUpdate(){let e=JSON.stringify(this.#a);e!==this.#e&&(this.#e=e,this.#t=void 0,this._stopped=``);let t=this.#o.answer;t&&!this.#o.stale&&t!==this.#t&&(this._list=re(this.#t?this._list:null,t),this.#t=t)}updated(){this.#n?.disconnect(),this._end&&!this._stopped&&this.#n?.observe(this._end)}async#l(){let e=this._list;if(!e?.next||this._fetching||this.#o.stale)return;let t=this.#e;this._fetching=!0;try{let n=await p(this.hass,`get_plays`,{...this.#a,before:e.next});t===this.#e&&this._list&&(this._list=ie(this._list,n)),this._stopped=``}catch(e){t===this.#e&&(this._stopped=h(e))}this._fetching=!1}render(){let e=this.#o.state;return l`<div class="top surface">
        <encore-calendar-strip
          .hass=${this.hass}
          .filters=${this.filters}
          .chosen=${this.#i}
          .narrow=${this.narrow}
          @day-picked=${this.#y}
        ></encore-calendar-strip>
        <encore-history-search
          .hass=${this.hass}
          .filters=${this.filters}
          @found-picked=${this.#b}
        ></encore-history-search>
      </div>
      ${this.#u()}
      ${e.is===`refused`?_(`warning`,e.refusal.message):this._list?this.#d(this._list):y(this.say(`waiting`),8)}
      ${this.#p()}`}#u(){let e=this.#o.answer,t=this.query.get(`thing`)&&e?.item||null,n=this.#i;return!t&&!n?s:l`<encore-history-about
      .hass=${this.hass}
      .thing=${t}
      .total=${e?.total??null}
      .day=${n}
      ?administrator=${this.names.administrator}
      @forget-all=${()=>{t&&(this._forgetting=L(t,this.filters))}}
      @all-plays=${()=>this.#x({thing:``,type:``})}
      @newest=${()=>this.#x({day:``})}
    ></encore-history-about>`}#d(e){let t=[...this._forgotten.values()].map(e=>e.play),n=N(e.plays,t);if(!n.length)return this.names.recorded_from?_(`music`,this.say(`nothing_here`),this.say(`nothing_here_more`)):_(`music`,this.say(`nothing_yet`),l`${this.say(`nothing_yet_more`)} ${this.importOffer()}`);let r=ne(n),i=this.#f(r,e),a=S(this.hass,new Date),o={[a]:this.say(`today`),[V(a,-1)]:this.say(`yesterday`)},c=new Set(this._forgotten.keys());return l`<div
        class=${this.#o.stale?`stale`:``}
        @play-picked=${e=>{e.detail.id?this.#x({play:e.detail.id}):this.go({page:`now`})}}
        @play-restored=${e=>void this.#_(M(e.detail))}
      >
        ${d(r,e=>e.date,e=>l`<encore-history-day
              .hass=${this.hass}
              .day=${e}
              .total=${i.get(e.date)}
              .relative=${o[e.date]??``}
              .forgotten=${c}
              .narrow=${this.narrow}
            ></encore-history-day>`)}
      </div>
      <div class="end">
        ${this._stopped?l`<p role="alert">${this._stopped}</p>
                <button
                  class="button"
                  @click=${()=>void this.#l()}
                >
                  ${this.say(`retry`)}
                </button>`:e.next?l`<button
                  class="button"
                  ?disabled=${this._fetching}
                  @click=${()=>void this.#l()}
                >
                  ${this.say(`earlier`)}
                </button>`:l`<p class="quiet">
                  ${this.say(`the_beginning`)}<br />
                  ${this.query.get(`thing`)||this.filters.start||!/^(all_time)?$/.test(this.filters.window)?s:this.importOffer()}
                </p>`}
      </div>`}#f(e,t){if(!this.query.get(`thing`))return new Map(this.#s.answer?.steps.map(e=>[e.start,e])??[]);let n=t.next?e.slice(0,-1):e;return new Map(n.map(({date:e,plays:t})=>[e,{play_count:t.length,minutes:t.reduce((e,t)=>e+t.seconds_played,0)/60}]))}#p(){let e=this._forgetting;if(e)return l`<encore-forget-dialog
        .hass=${this.hass}
        .many=${e}
        @closed=${()=>this._forgetting=null}
        @forgotten=${t=>this.#g(e,t.detail)}
      ></encore-forget-dialog>`;let t=this._doing;if(t?.what===`forget`)return l`<encore-forget-dialog
        .hass=${this.hass}
        .play=${t.play}
        @closed=${()=>this._doing=null}
        @forgotten=${e=>this.#h(t.play,e.detail)}
      ></encore-forget-dialog>`;if(t)return l`<encore-replay-dialog
        .hass=${this.hass}
        .heard=${te(this._list?.plays??[t.play],t.play)}
        @closed=${()=>this._doing=null}
      ></encore-replay-dialog>`;let n=this.query.get(`play`);return n?l`<encore-play-details
      .hass=${this.hass}
      .of=${n}
      .play=${this._list?.plays.find(e=>e.id===n)}
      ?administrator=${this.names.administrator}
      @closed=${()=>{this._doing||this.#x({play:``})}}
      @forget=${e=>this.#m(`forget`,e.detail)}
      @replay=${e=>this.#m(`replay`,e.detail)}
    ></encore-play-details>`:s}#m(e,t){let n=this._list?.plays.find(e=>e.id===t.id);this._doing={what:e,play:n??t},this.#x({play:``})}#h(e,{undo_id:t}){let n=M(e);this._doing=null,this._forgotten=new Map(this._forgotten).set(n,{play:e,undo:t}),A(this,this.say(`forgotten_one`,{title:e.title}),{text:this.say(`undo`),action:()=>void this.#_(n)},12e3)}#g({title:e},{play_count:t,undo_id:n}){this._forgetting=null;let r=C(this.hass,t);A(this,this.say(`forgotten_many`,{title:e,count:t,number:r}),{text:this.say(`undo`),action:()=>void this.#v(n,e)},12e3)}async#_(e){let t=this._forgotten.get(e);if(!t||!await this.#v(t.undo,t.play.title))return;let n=new Map(this._forgotten);n.delete(e),this._forgotten=n,this._list&&={...this._list,plays:N(this._list.plays,[t.play])}}async#v(e,t){try{return await m(this.hass,`undo_deletion`,{id:e}),A(this,this.say(`restored`,{title:t})),!0}catch(e){return A(this,h(e)),!1}}#y;#b;#x(e){let t={};for(let n of[`thing`,`type`,`day`,`play`])t[n]=e[n]??this.query.get(n)??``;this.go({more:t})}};r([n()],$.prototype,`_list`,void 0),r([n()],$.prototype,`_fetching`,void 0),r([n()],$.prototype,`_stopped`,void 0),r([n()],$.prototype,`_doing`,void 0),r([n()],$.prototype,`_forgetting`,void 0),r([n()],$.prototype,`_forgotten`,void 0),r([u(`.end`)],$.prototype,`_end`,void 0),$=r([i(`encore-history`)],$);export{$ as History};