import{a as e,i as t,n,o as r,p as i,r as a,s as o,t as s,u as c}from"./element-KEvTEtVl.js";import{t as l}from"./repeat-C1l7pkLd.js";import{a as u,i as d,s as f,t as p}from"./requests-BOXeojnY.js";import{C as m,E as h,T as g,_,t as v,u as ee,x as y}from"./format-BsfNSj2c.js";import{t as b}from"./notify-BaOBj0KC.js";import{i as x}from"./players-CZhXKqX8.js";import{t as S}from"./calm-CfW0WovY.js";import"./cover-Cc4cHo_Q.js";import{a as C,r as te,t as ne}from"./plays-D3DpJC94.js";import"./dialog-_EHXyLTX.js";import{t as w}from"./view-COxXq5bq.js";var T=i`
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    min-height: 44px;
    margin-bottom: 4px;
  }
  .head h2 {
    flex: 1;
  }
  .button,
  select {
    min-height: 40px;
  }
`,E=i`
  section {
    margin-bottom: 28px;
  }
  .groups {
    display: grid;
    gap: 16px;
    grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr));
  }
  .silent {
    padding: 12px 16px;
  }
  .silent.over {
    box-shadow: 0 0 0 3px var(--primary-color, #03a9f4);
  }
  .silent ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .silent ul {
    display: grid;
    gap: 8px;
    grid-template-columns: repeat(auto-fill, minmax(min(260px, 100%), 1fr));
  }
  .silent li {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 48px;
    padding-inline-start: 12px;
    border-radius: 10px;
    background: color-mix(in srgb, currentColor 5%, transparent);
  }
  .silent li[draggable="true"] {
    cursor: grab;
  }
  .silent li > span {
    flex: 1;
    min-width: 0;
  }
  .silent li svg {
    fill: currentColor;
  }
  .silent li > svg {
    width: 20px;
    height: 20px;
    fill: var(--secondary-text-color, #727272);
  }
  .day {
    padding-top: 12px;
  }
  .day h2 {
    padding: 0 16px 12px;
  }
`,D=(e,t,n)=>{let r=Date.parse(t),i=Date.parse(n)-r,a=new Map,o=e=>Math.max(0,Math.min(1,(e-r)/i));for(let t of e){let e=Date.parse(t.started_at),n=Math.min(Date.parse(t.ended_at),e+Math.max(t.seconds_played,1)*1e3),r=t.in_progress?Date.parse(t.ended_at):n,i=t.rooms.length?t.rooms.map(e=>({name:e,isRoom:!0})):[{name:t.listener,isRoom:!1}];for(let{name:n,isRoom:s}of i){let i=`${s} ${n}`,c=a.get(i)??{name:n,isRoom:s,segments:[]};a.set(i,c),c.segments.push({play:t,from:o(e),to:o(r)})}}for(let e of a.values())e.segments.sort((e,t)=>e.from-t.from);return[...a.values()].sort((e,t)=>Number(t.isRoom)-Number(e.isRoom)||e.name.localeCompare(t.name))},O=.015,k=(e,t)=>{let n=({from:e,to:n})=>Math.max(e-t,t-n,0),[r]=[...e].sort((e,t)=>n(e)-n(t));return r&&n(r)<O?r:void 0},re=(e,t)=>{let n=new Set,r=new Set,i=[],a=[];for(let t of e){if(n.has(t.uri))continue;n.add(t.uri);let e=`${t.album??t.title} ${t.artists[0]??``}`;(r.has(e)?a:i).push(t),r.add(e)}return[...i,...a].slice(0,t)},ie=12,A=class extends S{constructor(...e){super(...e),this.plays=[],this._onto=``,this.words=`now`}static{this.styles=[...S.styles,T,i`
      :host {
        display: block;
        margin-bottom: 28px;
      }
      .last {
        list-style: none;
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(132px, 148px);
        gap: 16px;
        overflow-x: auto;
        scrollbar-width: none;
        padding: 4px 4px 8px;
        margin: 0 -4px;
        scroll-snap-type: x proximity;
        scroll-padding-inline: 4px;
      }
      .last button {
        display: block;
        width: 100%;
        padding: 0;
        text-align: start;
        position: relative;
        scroll-snap-align: start;
        border-radius: 10px;
        --encore-cover: 100%;
        --encore-cover-radius: 10px;
      }
      .last encore-cover {
        aspect-ratio: 1;
        height: auto;
        margin-bottom: 8px;
        box-shadow: 0 2px 10px rgb(0 0 0 / 16%);
      }
      .last span {
        display: block;
      }
      .last .art {
        position: relative;
      }
      .last .sign {
        position: absolute;
        bottom: 8px;
        inset-inline-end: 8px;
        display: grid;
        place-items: center;
        width: 40px;
        height: 40px;
        border-radius: 50%;
        background: var(--primary-color, #03a9f4);
        color: var(--text-primary-color, #fff);
        opacity: 0;
        transition: opacity 0.15s;
      }
      .last .sign svg {
        fill: currentColor;
      }
      .last button:is(:hover, :focus-visible) .sign {
        opacity: 1;
      }
      @media (hover: none) {
        .last .sign {
          opacity: 0.9;
        }
      }
    `]}render(){let e=re(this.plays.filter(e=>ne(e.uri)),ie);if(!e.length)return o;let t=x(this.hass).filter(e=>e.isRoom);return c`<section>
      <div class="head">
        <h2>${this.say(`play_again`)}</h2>
        ${t.length?c`<label
                ><span class="unseen">${this.say(`onto`)}</span
                ><select
                  @change=${e=>this._onto=e.target.value}
                >
                  <option value="">${this.say(`onto_usual`)}</option>
                  ${t.map(({name:e})=>c`<option value=${e}>${e}</option>`)}
                </select></label
              >`:o}
      </div>
      <ul class="last">
        ${e.map(e=>c`<li>
              <button
                title=${this.say(`heard_when`,{title:e.title,moment:ee(this.hass,e.started_at)})}
                @click=${()=>this.#e(e)}
              >
                <span class="art"
                  ><encore-cover
                    .hass=${this.hass}
                    .uri=${e.uri}
                    .name=${e.album||e.artists[0]||e.title}
                  ></encore-cover
                  ><span class="sign">${h(`play`)}</span></span
                >
                <span class="one-line" dir="auto">${e.title}</span>
                <span class="quiet small one-line" dir="auto"
                  >${e.artists.join(`, `)}</span
                >
              </button>
            </li>`)}
      </ul>
    </section>`}async#e(e){try{let{speech:t}=await u(this.hass,`play_media`,{item:e.uri,...this._onto?{room:this._onto}:{}});b(this,t)}catch(e){b(this,f(e))}}};n([e({attribute:!1})],A.prototype,`plays`,void 0),n([t()],A.prototype,`_onto`,void 0),A=n([r(`encore-now-again`)],A);var ae=i`
  :host {
    display: block;
    min-width: 0;
    container-type: inline-size;
  }
  article {
    position: relative;
    isolation: isolate;
    overflow: hidden;
    height: 100%;
    display: flex;
    flex-direction: column;
    gap: 12px;
    padding: 20px;
    transition: box-shadow 0.15s;
  }
  :host([narrow]) article {
    padding: 16px;
  }
  /* The light of the art, behind what is said of it. */
  .glow {
    position: absolute;
    inset: -24px;
    z-index: -1;
    width: auto;
    height: auto;
    border-radius: 0;
    pointer-events: none;
    filter: blur(48px) saturate(1.6);
    opacity: 0.2;
    mask-image: linear-gradient(#000 20%, transparent 78%);
  }
  article.over {
    box-shadow: 0 0 0 3px var(--primary-color, #03a9f4);
  }
  .what {
    display: flex;
    gap: 20px;
    align-items: center;
    min-width: 0;
    --encore-cover-radius: 12px;
  }
  .what .art {
    width: clamp(112px, 36%, 260px);
    aspect-ratio: 1;
    height: auto;
    box-shadow: 0 6px 20px rgb(0 0 0 / 22%);
  }
  .what > div {
    flex: 1;
    min-width: 0;
  }
  .title {
    font-size: var(--ha-font-size-2xl, 24px);
    font-weight: var(--ha-font-weight-medium, 500);
    line-height: 1.2;
    letter-spacing: -0.01em;
    margin-bottom: 4px;
    display: -webkit-box;
    -webkit-line-clamp: 3;
    -webkit-box-orient: vertical;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  :host([narrow]) .title {
    font-size: var(--ha-font-size-xl, 20px);
  }
  .marks {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-top: 10px;
  }
  .marks:empty {
    display: none;
  }
  .who {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-width: 100%;
    padding: 2px 10px 2px 6px;
    border-radius: 12px;
    background: color-mix(
      in srgb,
      var(--primary-color, #03a9f4) 14%,
      transparent
    );
  }
  .who.still {
    padding-inline-start: 10px;
    background: color-mix(in srgb, currentColor 10%, transparent);
  }
  .who svg {
    width: 18px;
    height: 18px;
    fill: currentColor;
    flex: none;
  }
  .controls {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 12px;
  }
  .controls .icon-button {
    width: 48px;
    height: 48px;
  }
  .controls .main {
    width: 56px;
    height: 56px;
    background: var(--primary-color, #03a9f4);
    color: var(--text-primary-color, #fff);
  }
  .controls .main:hover:not(:disabled) {
    background: color-mix(in srgb, var(--primary-color, #03a9f4) 88%, #000);
  }
  .controls svg {
    width: 28px;
    height: 28px;
  }
  ul {
    list-style: none;
    margin: auto 0 0;
    padding: 8px 0 0;
    border-top: 1px solid var(--encore-line);
  }
  ul:last-child {
    margin-bottom: -8px;
  }
  li {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 44px;
  }
  li[draggable="true"] {
    cursor: grab;
  }
  li .name {
    display: flex;
    align-items: center;
    gap: 6px;
    width: 36%;
    min-width: 0;
    flex: none;
  }
  li svg {
    width: 20px;
    height: 20px;
    fill: var(--secondary-text-color, #727272);
    flex: none;
  }
  li input[type="range"] {
    flex: 1;
    min-width: 0;
  }
  li .percent {
    width: 44px;
    text-align: end;
  }
  .foot {
    display: flex;
    justify-content: flex-end;
  }
  .foot .button {
    min-height: 40px;
  }
  /* What plays alone has its art beside all the rest. */
  @container (min-width: 760px) {
    article {
      display: grid;
      grid-template-columns: 280px minmax(0, 1fr);
      align-content: center;
      gap: 8px 36px;
      padding: 28px;
    }
    .what {
      display: contents;
    }
    .what .art {
      grid-row: 1 / span 5;
      width: 100%;
      align-self: center;
    }
    article > :not(.what),
    .what > div {
      grid-column: 2;
    }
    .title {
      font-size: var(--ha-font-size-3xl, 28px);
    }
    ul {
      margin-top: 0;
    }
  }
`,j=i`
  input[type="range"] {
    appearance: none;
    height: 40px;
    min-height: 0;
    padding: 0;
    margin: 0;
    border: 0;
    background: none;
    cursor: pointer;
  }
  input[type="range"]::-webkit-slider-runnable-track {
    height: 6px;
    border-radius: 3px;
    background: linear-gradient(
      to right,
      var(--primary-color, #03a9f4) var(--at),
      color-mix(in srgb, currentColor 16%, transparent) var(--at)
    );
  }
  input[type="range"]:dir(rtl)::-webkit-slider-runnable-track {
    background: linear-gradient(
      to left,
      var(--primary-color, #03a9f4) var(--at),
      color-mix(in srgb, currentColor 16%, transparent) var(--at)
    );
  }
  input[type="range"]::-webkit-slider-thumb {
    appearance: none;
    width: 16px;
    height: 16px;
    margin-top: -5px;
    border-radius: 50%;
    background: var(--primary-color, #03a9f4);
  }
  input[type="range"]::-moz-range-track {
    height: 6px;
    border-radius: 3px;
    background: color-mix(in srgb, currentColor 16%, transparent);
  }
  input[type="range"]::-moz-range-progress {
    height: 6px;
    border-radius: 3px;
    background: var(--primary-color, #03a9f4);
  }
  input[type="range"]::-moz-range-thumb {
    width: 16px;
    height: 16px;
    border: 0;
    border-radius: 50%;
    background: var(--primary-color, #03a9f4);
  }
`,M=class extends S{constructor(...e){super(...e),this.seekable=!1,this._now=Date.now(),this._held=null,this.words=`now`,this.#n=e=>{let t=e.target.valueAsNumber;this._held=null,this.dispatchEvent(new CustomEvent(`seek`,{detail:t}))}}static{this.styles=[...S.styles,j,i`
      :host {
        display: block;
      }
      input[type="range"] {
        display: block;
        width: 100%;
        height: 28px;
      }
      .line {
        height: 4px;
        border-radius: 2px;
        margin: 10px 0;
        overflow: hidden;
        background: color-mix(in srgb, currentColor 15%, transparent);
      }
      .line i {
        display: block;
        height: 100%;
        background: var(--primary-color, #03a9f4);
      }
      .times {
        display: flex;
        justify-content: space-between;
      }
    `]}#e;connectedCallback(){super.connectedCallback(),this.#e=setInterval(()=>{this.entity.state===`playing`&&(this._now=Date.now())},1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.#e)}willUpdate(e){e.has(`entity`)&&(this._now=Date.now())}get#t(){let{attributes:e,state:t}=this.entity,n=Number(e.media_position??0),r=Date.parse(String(e.media_position_updated_at));return n+(t===`playing`&&r?Math.max(0,this._now-r)/1e3:0)}render(){let e=Number(this.entity.attributes.media_duration??0);if(!e)return o;let t=this._held??Math.min(e,this.#t),n=this.say(`position`,{at:v(t),length:v(e)});return c`${this.seekable?c`<input
              type="range"
              min="0"
              max=${Math.round(e)}
              .value=${String(Math.round(t))}
              style="--at: ${t/e*100}%"
              aria-label=${this.say(`where_in_it`)}
              aria-valuetext=${n}
              @input=${e=>this._held=e.target.valueAsNumber}
              @change=${this.#n}
            />`:c`<div class="line" role="img" aria-label=${n}>
              <i style="width: ${t/e*100}%"></i>
            </div>`}
      <div class="times small quiet number" aria-hidden="true">
        <span>${v(t)}</span><span>${v(e)}</span>
      </div>`}#n};n([e({attribute:!1})],M.prototype,`entity`,void 0),n([e({type:Boolean})],M.prototype,`seekable`,void 0),n([t()],M.prototype,`_now`,void 0),n([t()],M.prototype,`_held`,void 0),M=n([r(`encore-position`)],M);var oe=1,se=2,N=4,P=16,F=32,I=16384,L=`application/x-encore-room`,R=class extends S{constructor(...e){super(...e),this.groupable=!1,this.narrow=!1,this._over=!1,this.words=`now`,this.#i=e=>{e.target.closest(`li`)?.removeAttribute(`draggable`)},this.#a=e=>{this.groupable&&e.target.closest(`li`)?.setAttribute(`draggable`,`true`)},this.#c=e=>{this.group.lead.isRoom&&e.dataTransfer?.types.includes(`application/x-encore-room`)&&(e.preventDefault(),this._over=!0)},this.#l=e=>{this._over=!1;let t=e.dataTransfer?.getData(L);t&&(e.preventDefault(),e.stopPropagation(),this.dispatchEvent(new CustomEvent(`joined`,{detail:t})))}}static{this.styles=[...S.styles,j,ae]}render(){let{lead:e,players:t}=this.group,n=t.map(e=>e.name).join(`, `);return c`<article
      class="surface ${this._over?`over`:``}"
      aria-label=${n}
      @dragover=${this.#c}
      @dragleave=${()=>this._over=!1}
      @drop=${this.#l}
    >
      ${this.#e(e)}
      <encore-position
        .hass=${this.hass}
        .entity=${e.entity}
        ?seekable=${this.#o(e,se)}
        @seek=${t=>this.#s(`media_seek`,e,{seek_position:t.detail})}
      ></encore-position>
      ${this.#t(e)}
      <ul aria-label=${this.say(`rooms`)}>
        ${t.map(e=>this.#r(e))}
      </ul>
      ${e.isRoom&&this.groupable?c`<div class="foot">
              <button
                class="button"
                @click=${()=>this.dispatchEvent(new Event(`grouping`))}
              >
                ${h(`room`)}${this.say(`choose_rooms`)}
              </button>
            </div>`:o}
    </article>`}#e({entity:e,name:t}){let{attributes:n}=e,r=e=>String(n[e]??``),i=r(`entity_picture`),a=r(`media_title`)||r(`media_channel`)||r(`source`),{lead:s,state:l}=this.group,u=this.group.listeners,d=u.length||s.isRoom?u:[t],f=e=>c`<encore-cover
        class=${e}
        .hass=${this.hass}
        .src=${i?this.hass.hassUrl(i):null}
        .uri=${r(`media_content_id`)||null}
        .name=${r(`media_album_name`)||a||t}
      ></encore-cover>`;return c`<div class="what">
      ${f(`glow`)} ${f(`art`)}
      <div>
        <p class="title" dir="auto">${a||this.say(`something`)}</p>
        <p class="one-line" dir="auto">${r(`media_artist`)}</p>
        <p class="quiet one-line" dir="auto">${r(`media_album_name`)}</p>
        <div class="marks">
          ${d.length?c`<span class="who small"
                  >${h(`person`)}<span class="one-line" dir="auto"
                    >${d.join(`, `)}</span
                  ></span
                >`:o}${l===`paused`?c`<span class="who still small">${this.say(`paused`)}</span>`:o}
        </div>
      </div>
    </div>`}#t(e){let t=this.group.state===`playing`;return c`<div class="controls">
      ${this.#n(e,P,`previous`,`media_previous_track`)}
      ${t?this.#n(e,oe,`pause`,`media_pause`,!0):this.#n(e,I,`play`,`media_play`,!0)}
      ${this.#n(e,F,`next`,`media_next_track`)}
    </div>`}#n(e,t,n,r,i=!1){let a=this.say(`do_${n}`);return c`<button
      class="icon-button ${i?`main`:``}"
      title=${a}
      aria-label=${this.say(`do_where`,{what:a,where:e.name})}
      ?disabled=${!this.#o(e,t)}
      @click=${()=>this.#s(r,e)}
    >
      ${h(n)}
    </button>`}#r(e){let{entity:t,name:n}=e,r=t.attributes.volume_level,i=typeof r==`number`?Math.round(r*100):null,a=t.attributes.source;return c`<li
      draggable=${e.isRoom&&this.groupable?`true`:`false`}
      @dragstart=${e=>e.dataTransfer?.setData(L,t.entity_id)}
    >
      <span class="name"
        >${h(e.isRoom?`room`:`person`)}<span
          class="one-line"
          dir="auto"
          title=${n}
          >${e.isRoom||typeof a!=`string`?n:a}</span
        ></span
      >
      ${i===null||!this.#o(e,N)?o:c`${h(`volume`)}<input
                type="range"
                min="0"
                max="100"
                .value=${String(i)}
                style="--at: ${i}%"
                @input=${e=>{let t=e.target;t.style.setProperty(`--at`,`${t.value}%`)}}
                aria-label=${this.say(`volume_of`,{name:n})}
                @change=${t=>this.#s(`volume_set`,e,{volume_level:t.target.valueAsNumber/100})}
                @dragstart=${e=>{e.preventDefault(),e.stopPropagation()}}
                @pointerdown=${this.#i}
                @pointerup=${this.#a}
                @pointercancel=${this.#a}
              /><span class="percent small quiet number">${i} %</span>`}
    </li>`}#i;#a;#o({entity:e},t){return(Number(e.attributes.supported_features??0)&t)!==0}#s(e,t,n={}){this.dispatchEvent(new CustomEvent(`player-command`,{detail:{action:e,data:{entity_id:t.entity.entity_id,...n}}}))}#c;#l};n([e({attribute:!1})],R.prototype,`group`,void 0),n([e({type:Boolean})],R.prototype,`groupable`,void 0),n([e({type:Boolean,reflect:!0})],R.prototype,`narrow`,void 0),n([t()],R.prototype,`_over`,void 0),R=n([r(`encore-now-group`)],R);var z=class extends s{constructor(...e){super(...e),this.rooms=[],this.busy=!1,this._touched=new Map,this.words=`now`}static{this.styles=[...s.styles,i`
      label {
        display: flex;
        gap: 12px;
        align-items: center;
        min-height: 48px;
        cursor: pointer;
      }
      label span {
        flex: 1;
        min-width: 0;
      }
      input {
        min-height: 0;
        width: 20px;
        height: 20px;
        margin: 0;
        flex: none;
        accent-color: var(--primary-color, #03a9f4);
      }
      .button {
        min-height: 40px;
      }
    `]}get#e(){let e=new Set(this.group.players.map(e=>e.entity.entity_id));for(let[t,n]of this._touched)n?e.add(t):e.delete(t);return e}render(){let e=this.group.lead.entity.entity_id,t=this.#e;return c`<encore-dialog
      .hass=${this.hass}
      heading=${this.say(`together_with`,{room:this.group.lead.name})}
      @closed=${()=>this.dispatchEvent(new Event(`closed`))}
    >
      ${this.rooms.filter(t=>t.entity.entity_id!==e).map(({entity:e,name:n})=>c`<label
              ><input
                type="checkbox"
                .checked=${t.has(e.entity_id)}
                ?disabled=${this.busy}
                @change=${t=>{let{checked:n}=t.target;this._touched=new Map(this._touched).set(e.entity_id,n)}}
              /><span class="one-line" dir="auto">${n}</span></label
            >`)}
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
        aria-busy=${this.busy}
        ?disabled=${this.busy}
        @click=${()=>this.dispatchEvent(new CustomEvent(`chosen`,{detail:this.#e}))}
      >
        ${this.say(`group_them`)}
      </button>
    </encore-dialog>`}};n([e({attribute:!1})],z.prototype,`group`,void 0),n([e({attribute:!1})],z.prototype,`rooms`,void 0),n([e({type:Boolean})],z.prototype,`busy`,void 0),n([t()],z.prototype,`_touched`,void 0),z=n([r(`encore-grouping-dialog`)],z);var B={playing:`playing`,buffering:`playing`,paused:`paused`,unavailable:`away`,unknown:`away`},V=[`playing`,`paused`,`quiet`,`away`],H=(e,t,n)=>{let r=new Map(e.map(e=>[e.entity.entity_id,e])),i=e.filter(e=>e.isRoom),a=[];for(let e of i){let i=U(e).flatMap(e=>r.get(e)??[]),[o=e]=i;o===e&&a.push(W(i.length?i:[e],t,n))}let o=new Set(a.filter(e=>e.state===`playing`||e.state===`paused`).flatMap(e=>e.players).flatMap(e=>n(e)));for(let r of e.filter(e=>!e.isRoom)){let e=r.entity.attributes.source;typeof e==`string`&&o.has(e)||a.push(W([r],t,n))}return a.sort((e,t)=>V.indexOf(e.state)-V.indexOf(t.state))},U=e=>{let t=e.entity.attributes.group_members;return Array.isArray(t)?t.map(String):[]},W=(e,t,n)=>{let[r]=e,i=B[r.entity.state]??`quiet`,a=new Set(e.flatMap(e=>n(e))),o=i===`playing`||i===`paused`?t.filter(e=>r.isRoom?e.rooms.some(e=>a.has(e))||e.device!==null&&a.has(e.device):e.uri===r.entity.attributes.media_content_id):[];return{lead:r,players:e,listeners:[...new Set(o.map(e=>e.listener))],state:i}},G=(e,t)=>({join:[...t].filter(t=>!e.includes(t)),leave:e.filter(e=>!t.has(e))}),ce=100,le=8,ue=[0,6,12,18,24],K=[`var(--primary-color, #03a9f4)`,`var(--accent-color, #ff9800)`,`var(--success-color, #43a047)`,`var(--purple-color, #926bc7)`,`var(--pink-color, #e91e63)`,`var(--teal-color, #009688)`],q=class extends S{constructor(...e){super(...e),this.asked={},this.narrow=!1,this._shown=null,this._at=new Map,this.words=`now`,this.#e=new p(this,()=>({hass:this.hass,question:`get_plays`,parameters:this.#n}))}static{this.styles=[...S.styles,a,i`
      :host {
        display: block;
        padding: 0 16px 16px;
      }
      .lanes {
        display: grid;
        grid-template-columns: minmax(64px, max-content) minmax(0, 1fr);
        gap: 6px 12px;
        align-items: center;
      }
      .lanes > span {
        display: flex;
        align-items: center;
        gap: 6px;
        max-width: 140px;
        min-width: 0;
      }
      .lanes > span svg {
        width: 18px;
        height: 18px;
        fill: var(--secondary-text-color, #727272);
        flex: none;
      }
      :host([narrow]) .lanes > span svg {
        display: none;
      }
      .lane {
        position: relative;
        height: 40px;
        border-radius: 8px;
        overflow: hidden;
        background: color-mix(in srgb, currentColor 6%, transparent);
        cursor: pointer;
      }
      .lane button {
        position: absolute;
        inset-block: 0;
        padding: 0;
        min-width: 2px;
        opacity: 0.82;
      }
      .lane button:is(:hover, :focus-visible, .shown) {
        opacity: 1;
        outline: 2px solid currentColor;
        outline-offset: -2px;
        z-index: 1;
      }
      .now {
        position: absolute;
        inset-block: 0;
        width: 2px;
        background: var(--error-color, #db4437);
      }
      .hours {
        display: flex;
        justify-content: space-between;
        white-space: nowrap;
      }
      :host([narrow]) .hours span:nth-child(even) {
        display: none;
      }
      .key {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
      }
      .key span {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      .key i {
        width: 12px;
        height: 12px;
        border-radius: 3px;
      }
      .below {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 24px;
        justify-content: space-between;
        padding-top: 10px;
        min-height: 32px;
      }
      .below p {
        min-width: 0;
        min-height: 32px;
      }
      .words {
        padding: 6px 0;
        text-align: start;
        text-decoration: underline;
        text-underline-offset: 3px;
      }
    `]}#e;#t;get#n(){return{...this.asked,time_range:`today`,limit:ce}}willUpdate(){let e=this.#e.answer;e&&e!==this.#t&&(this.#t=e,this.#r(e))}async#r(e){let t=e;try{for(let e=1;t.next&&e<le;e++){let e=await d(this.hass,`get_plays`,{...this.#n,before:t.next});t={...t,...te(t,e)}}}catch{}e===this.#t&&(this._whole=t)}render(){let e=this.#e.state;if(e.is===`refused`)return m(`warning`,e.refusal.message);let t=this._whole;if(!t)return g(this.say(`waiting`),3);if(!t.plays.length)return m(`music`,this.say(`nothing_today`));let{start:n,end:r}=t.time_range,i=D(t.plays,n,r),a=[...new Set(t.plays.map(e=>e.listener))].sort(),s=(Date.now()-Date.parse(n))/(Date.parse(r)-Date.parse(n)),l=this._shown;return c`<div class="lanes">
        ${i.map(e=>c`<span
                >${h(e.isRoom?`room`:`person`)}<span
                  class="one-line"
                  dir="auto"
                  title=${e.name}
                  >${e.name}</span
                ></span
              >${this.#i(e,a,s)}`)}
        <span></span>
        <div class="hours small quiet number" aria-hidden="true">
          ${ue.map(e=>c`<span
                >${_(this.hass,new Date(Date.parse(n)+e/24*(Date.parse(r)-Date.parse(n))))}</span
              >`)}
        </div>
      </div>
      <div class="below small">
        <p aria-live="polite" dir="auto">
          ${l?c`<button class="words" @click=${()=>this.#s(l)}>
                  ${this.#c(l)}
                </button>`:c`<span class="quiet">${this.say(`today_how`)}</span>`}
        </p>
        <div class="key quiet">
          ${a.length>1?a.map((e,t)=>c`<span
                      ><i style="background: ${J(t)}"></i
                      >${e}</span
                    >`):o}
        </div>
      </div>`}#i(e,t,n){let r=`${e.isRoom} ${e.name}`,i=e.segments.length-1,a=Math.min(this._at.get(r)??i,i);return c`<div
      class="lane"
      role="group"
      aria-label=${this.say(`lane`,{name:e.name})}
      @keydown=${e=>this.#l(e,r,a,i)}
      @pointermove=${t=>this.#o(t,e)}
      @pointerdown=${t=>this.#o(t,e)}
      @pointerleave=${e=>{e.pointerType===`mouse`&&(this._shown=null)}}
      @click=${e=>{e.pointerType!==`touch`&&this._shown&&this.#s(this._shown)}}
    >
      ${e.segments.map((e,n)=>this.#a(e,J(t.indexOf(e.play.listener)),n===a))}
      <i
        class="now"
        aria-hidden="true"
        style="inset-inline-start: ${Math.min(1,n)*100}%"
      ></i>
    </div>`}#a({play:e,from:t,to:n},r,i){return c`<button
      class=${this._shown&&C(this._shown)===C(e)?`shown`:``}
      style="inset-inline-start: ${t*100}%; width: ${(n-t)*100}%; background: ${r}"
      tabindex=${i?0:-1}
      aria-label=${this.#c(e)}
      @focus=${()=>{this._shown=e}}
    ></button>`}#o(e,t){let n=e.currentTarget.getBoundingClientRect(),r=(e.clientX-n.left)/n.width,i=getComputedStyle(this).direction===`rtl`;this._shown=k(t.segments,i?1-r:r)?.play??null}#s(e){this.dispatchEvent(new CustomEvent(`play-picked`,{detail:e}))}#c(e){return this.say(e.artists.length?`heard_at`:`heard_at_alone`,{time:_(this.hass,e.started_at),title:e.title,artists:e.artists.join(`, `),listener:e.listener})}#l(e,t,n,r){let i={ArrowLeft:n-1,ArrowRight:n+1,Home:0,End:r}[e.key];if(i===void 0)return;e.preventDefault();let a=Math.max(0,Math.min(r,i));this._at=new Map(this._at).set(t,a),e.currentTarget.querySelectorAll(`button`)[a]?.focus()}};n([e({attribute:!1})],q.prototype,`asked`,void 0),n([e({type:Boolean,reflect:!0})],q.prototype,`narrow`,void 0),n([t()],q.prototype,`_whole`,void 0),n([t()],q.prototype,`_shown`,void 0),n([t()],q.prototype,`_at`,void 0),q=n([r(`encore-today`)],q);var J=e=>K[Math.max(0,e)%K.length]??`currentColor`,Y=100,X=class extends w{constructor(...e){super(...e),this.words=`now`,this._grouping=null,this._regrouping=0,this._over=!1,this.#e=new p(this,()=>({hass:this.hass,question:`get_played_at`,parameters:{...this.#n,moment:`now`}})),this.#t=new p(this,()=>({hass:this.hass,question:`get_plays`,parameters:{...this.#n,time_range:`all_time`,limit:Y}})),this.#i=[]}static{this.styles=[...w.styles,T,E]}#e;#t;get#n(){return y({...this.filters,window:``,start:``,end:``})}#r;#i;shouldUpdate(){if(!this.onlyStates())return!0;let{hass:e}=this,t=this.#r;return t?.entities!==e.entities||t.areas!==e.areas||t.devices!==e.devices||x(e).some(({entity:e},t)=>e!==this.#i[t])}get#a(){let e=x(this.hass);this.#r=this.hass,this.#i=e.map(e=>e.entity);let{room:t}=this.filters,n=H(e,this.#e.answer?.plays??[],$);return t?n.filter(e=>e.players.some(e=>$(e).includes(t))):n}render(){let e=this.#a;if(!e.length&&!this.filters.room)return c`${this.#o()}${this.#u()}`;let t=e.filter(e=>Q(e)&&(!this.filters.listener||e.listeners.length>0)),n=e.filter(e=>!Q(e)),r=e.flatMap(e=>e.players).filter(Z),i=e.find(e=>e.players.some(({entity:e})=>e.entity_id===this._grouping));return c`${this.#s(t,r.length>1)}
    ${this.#c(n,r.length>1)} ${this.#u()}
    ${i?c`<encore-grouping-dialog
            .hass=${this.hass}
            .group=${i}
            .rooms=${x(this.hass).filter(Z)}
            ?busy=${this._regrouping>0}
            @closed=${()=>this._grouping=null}
            @chosen=${e=>this.#f(i,e.detail)}
          ></encore-grouping-dialog>`:o}`}#o(){return c`<section class="surface">
      ${m(`music`,this.say(`no_players`),c`${this.say(this.names.administrator?`no_players_more`:`no_players_ask`)}
        ${this.names.administrator?c`<br /><br /><a
                  class="button main"
                  href="/config/integrations/integration/encore"
                  >${this.say(`add_players`)}</a
                >`:o}`)}
    </section>`}#s(e,t){return e.length?c`<section class="groups" aria-label=${this.say(`playing`)}>
      ${l(e,e=>e.lead.entity.entity_id,e=>c`<encore-now-group
            .hass=${this.hass}
            .group=${e}
            ?groupable=${t}
            .narrow=${this.narrow}
            @player-command=${e=>this.#p(e.detail)}
            @grouping=${()=>this._grouping=e.lead.entity.entity_id}
            @joined=${t=>this.#d(e,t.detail)}
          ></encore-now-group>`)}
    </section>`:c`<section class="surface">
        ${m(`music`,this.say(`silence`),this.say(`silence_more`))}
      </section>`}#c(e,t){return!e.length&&!t?o:c`<section
      class="silent surface ${this._over?`over`:``}"
      @dragover=${e=>{e.dataTransfer?.types.includes(`application/x-encore-room`)&&(e.preventDefault(),this._over=!0)}}
      @dragleave=${()=>this._over=!1}
      @drop=${e=>{this._over=!1;let t=e.dataTransfer?.getData(L);t&&(e.preventDefault(),this.#p({action:`unjoin`,data:{entity_id:t}}))}}
    >
      <div class="head">
        <h2>${this.say(`quiet_rooms`)}</h2>
        ${t?c`<span class="quiet small">${this.say(`drag_how`)}</span>`:o}
      </div>
      <ul>
        ${e.map(e=>this.#l(e,t))}
      </ul>
    </section>`}#l(e,t){let{lead:n,players:r,state:i}=e,a=r.map(e=>e.name).join(`, `),s=n.isRoom&&t&&i!==`away`;return c`<li
      draggable=${s?`true`:`false`}
      @dragstart=${e=>e.dataTransfer?.setData(L,n.entity.entity_id)}
    >
      ${h(n.isRoom?`room`:`person`)}
      <span class="one-line" dir="auto" title=${a}
        >${a}
        ${i===`away`?c`<span class="quiet small">· ${this.say(`away`)}</span>`:o}</span
      >
      ${n.isRoom&&i!==`away`?c`<button
                class="icon-button"
                title=${this.say(`again_here`)}
                aria-label=${this.say(`do_where`,{what:this.say(`again_here`),where:a})}
                @click=${()=>this.#m(`play_media`,{selection:`last_played`,played_in:n.name,room:n.name})}
              >
                ${h(`again`)}
              </button>
              ${t?c`<button
                      class="icon-button"
                      title=${this.say(`choose_rooms`)}
                      aria-label=${this.say(`do_where`,{what:this.say(`choose_rooms`),where:a})}
                      @click=${()=>this._grouping=n.entity.entity_id}
                    >
                      ${h(`more`)}
                    </button>`:o}`:o}
    </li>`}#u(){let e=this.#t.state;if(e.is===`asking`)return g(this.say(`waiting`),3);if(e.is===`refused`)return m(`warning`,e.refusal.message);let t=e.answer.plays.filter(e=>!e.in_progress);return e.answer.plays.length?c`${t.length?c`<encore-now-again
              .hass=${this.hass}
              .plays=${t}
            ></encore-now-again>`:o}
      <section class="day surface">
        <h2>${this.say(`today`)}</h2>
        <encore-today
          .hass=${this.hass}
          .asked=${this.#n}
          .narrow=${this.narrow}
          @play-picked=${e=>{let{id:t}=e.detail;this.go({page:`history`,...t?{more:{play:t}}:{}})}}
        ></encore-today>
      </section>`:c`<section class="surface">
        ${this.names.recorded_from?m(`music`,this.say(`nothing_here`),this.say(`nothing_here_more`)):m(`music`,this.say(`nothing_yet`),c`${this.say(`nothing_yet_more`)} ${this.importOffer()}`)}
      </section>`}async#d(e,t){let n=e.players.map(e=>e.entity.entity_id);n.includes(t)||await this.#p({action:`join`,data:{entity_id:e.lead.entity.entity_id,group_members:[...n,t]}})}async#f(e,t){let{join:n,leave:r}=G(e.players.map(e=>e.entity.entity_id),t),i=r.map(e=>({action:`unjoin`,data:{entity_id:e}}));n.length&&i.push({action:`join`,data:{entity_id:e.lead.entity.entity_id,group_members:[...t]}});let a=!0;this._regrouping++;for(let e of i)a=await this.#p(e)&&a;this._regrouping--,a&&(this._grouping=null)}async#p({action:e,data:t}){let n=e===`join`||e===`unjoin`;n&&this._regrouping++;try{return await this.hass.callService(`media_player`,e,t,void 0,!1),!0}catch(e){return b(this,f(e)),!1}finally{n&&this._regrouping--}}async#m(e,t){try{let n=await u(this.hass,e,t);b(this,n.speech)}catch(e){b(this,f(e))}}};n([t()],X.prototype,`_grouping`,void 0),n([t()],X.prototype,`_regrouping`,void 0),n([t()],X.prototype,`_over`,void 0),X=n([r(`encore-now`)],X);var Z=e=>e.isRoom,Q=e=>e.state===`playing`||e.state===`paused`,$=({name:e,area:t})=>t===null||t===e?[e]:[e,t];export{X as Now};