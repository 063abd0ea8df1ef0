import{C as e,E as t,S as n,_ as r,a as i,b as a,c as o,g as s,k as c,o as l,u,v as d,y as f}from"./filters-vtykOekN.js";import{t as p}from"./figure-BM_7dIJ4.js";import{a as m,i as h,n as g,r as _,t as v}from"./view-xd9IisT7.js";var y=class extends v{constructor(...e){super(...e),this.words=`manage`,this.every=6e4,this._state={is:`asking`}}static{this.styles=[...v.styles,c`
      section {
        padding: 16px;
      }
      section > h2 {
        margin-bottom: 12px;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        margin-bottom: 12px;
      }
      .line > :first-child {
        flex: 1;
      }
      .scroll {
        overflow-x: auto;
      }
      td time {
        white-space: nowrap;
      }
      .mark {
        display: inline-block;
        padding: 1px 10px;
        border-radius: 10px;
        border: 1px solid currentColor;
        white-space: nowrap;
      }
      .mark.bad {
        color: var(--error-color);
      }
      .mark.good {
        color: color-mix(
          in srgb,
          var(--success-color, #43a047) 80%,
          var(--primary-text-color)
        );
      }
    `]}#e;connectedCallback(){super.connectedCallback(),this.#e=setInterval(()=>{document.visibilityState===`visible`&&this.look()},this.every),this.hasUpdated&&this.look()}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.#e)}firstUpdated(){this.look()}async look(){try{this._state={is:`answered`,answer:await this.fetch()}}catch(e){if(this._state.is===`answered`)return;this._state={is:`refused`,refusal:f(e)?e:{code:`failed`,message:d(e)}}}}async carryOut(e,t){try{await e(),t&&m(this,t)}catch(e){m(this,d(e))}await this.look()}};u([a()],y.prototype,`_state`,void 0);var b=200,x=[`question`,`command`],S=[`done`,`failed`,`refused`],C=class extends y{constructor(...e){super(...e),this._deed=``,this._outcome=``,this.#r=()=>{this._state.is===`answered`&&p(`encore-audit`,[`at`,`caller`,`name`,`model`,`door`,`deed`,`what`,`outcome`,`reason`,`took_ms`],this._state.answer.records.map(e=>[e.at,e.caller,e.name,e.model,e.door,e.deed,e.what,e.outcome,e.reason,e.took_ms]))}}fetch(){return s(this.hass,`audit`,{limit:b,...this._deed?{deed:this._deed}:{},...this._outcome?{outcome:this._outcome}:{}})}render(){return t`<section class="surface">
      <div class="line">
        <h2>${this.say(`section_audit`)}</h2>
        ${this.#e(`_deed`,`deed`,x)}
        ${this.#e(`_outcome`,`outcome`,S)}
        <button
          class="icon-button"
          aria-label=${this.say(`as_csv`)}
          title=${this.say(`as_csv`)}
          @click=${this.#r}
        >
          ${o(`download`)}
        </button>
      </div>
      <p class="quiet">${this.say(`audit_more`)}</p>
      ${i(this._state,({records:e})=>this.#t(e),{waiting:this.say(`waiting`),lines:10})}
    </section>`}#e(e,n,r){return t`<label
      ><span class="unseen">${this.say(n)}</span>
      <select
        @change=${t=>{this[e]=t.target.value,this.look()}}
      >
        <option value="">${this.say(`every_${n}`)}</option>
        ${r.map(e=>t`<option value=${e}>
              ${this.say(`${n}_${e}`)}
            </option>`)}
      </select></label
    >`}#t(n){return n.length?t`<div
      class="scroll"
      tabindex="0"
      role="region"
      aria-label=${this.say(`section_audit`)}
    >
      <table>
        <thead>
          <tr>
            ${[`when`,`who`,`door`,`what`,`outcome`,`took`].map(e=>t`<th scope="col">${this.say(e)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${n.map(n=>t`<tr>
                <td><time>${_(this.hass,n.at)}</time></td>
                <td dir="auto">${this.#n(n)}</td>
                <td>${this.say(`door_${n.door}`)}</td>
                <td>
                  ${n.what}
                  ${n.private||!Object.keys(n.given).length?e:t`<span class="quiet small" dir="auto"
                          >${w(n.given)}</span
                        >`}
                </td>
                <td>
                  <span
                    class="mark ${n.outcome===`done`?`good`:`bad`}"
                    >${this.say(`outcome_${n.outcome}`)}</span
                  >
                  ${n.reason?t`<span class="quiet small">${n.reason}</span>`:e}
                </td>
                <td class="number">
                  ${this.say(`ms`,{number:g(this.hass,n.took_ms)})}
                </td>
              </tr>`)}
        </tbody>
      </table>
    </div>`:l(`person`,this.say(`no_records`))}#n({name:e,caller:t,model:n}){return[e??this.say(`caller_${t}`),n].filter(Boolean).join(` · `)}#r};u([a()],C.prototype,`_deed`,void 0),u([a()],C.prototype,`_outcome`,void 0),C=u([n(`encore-manage-audit`)],C);var w=e=>Object.entries(e).map(([e,t])=>`${e}: ${typeof t==`object`?JSON.stringify(t):String(t)}`).join(`, `),T=30,E=class extends y{fetch(){return s(this.hass,`api_usage`,{days:T})}render(){return i(this._state,e=>this.#e(e),{waiting:this.say(`waiting`),lines:8})}#e(e){let n=e=>g(this.hass,e),r=Object.values(e.breakers).filter(e=>e.state!==`closed`),i=[[`last_24_hours`,n(e.last_24_hours)],[`most_a_day`,e.calls_per_day===null?this.say(`no_limit`):n(e.calls_per_day)],[`most_a_minute`,n(e.calls_per_minute)],[`spotify_wants`,e.paused_until?this.say(`pause_until`,{moment:_(this.hass,e.paused_until)}):this.say(r.length?`does_not_answer`:`nothing_in_the_way`)]];return t`<div class="grid">
      <section class="surface wide">
        <h2>${this.say(`budget`)}</h2>
        <table>
          <tbody>
            ${i.map(([e,n])=>t`<tr>
                  <th scope="row">${this.say(e)}</th>
                  <td>${n}</td>
                </tr>`)}
          </tbody>
        </table>
      </section>
      ${e.accounts.map(e=>this.#t(e))}
    </div>`}#t(e){let n=e.days.toSorted((e,t)=>e.day<t.day?-1:1),r=[...new Set(n.flatMap(e=>Object.keys(e.by_purpose)))],i=r.map(e=>{let t=this.say(`purpose_${e}`);return t.startsWith(`purpose_`)?e.replaceAll(`_`,` `):t}),a=n.map(e=>[e.day,e.calls,...r.map(t=>e.by_purpose[t]??0)]),o=this.say(`calls_today`,{calls:g(this.hass,e.calls_today),count:e.calls_today}),s=e=>({color:e.series,legend:{bottom:0,type:`scroll`,textStyle:{color:e.text}},tooltip:{trigger:`axis`,backgroundColor:e.surface,borderColor:e.line,textStyle:{color:e.text}},grid:{left:8,right:8,top:12,bottom:36,containLabel:!0},xAxis:{type:`category`,data:n.map(e=>h(this.hass,`${e.day}T12:00`)),axisLabel:{color:e.quiet},axisLine:{lineStyle:{color:e.line}}},yAxis:{type:`value`,minInterval:1,axisLabel:{color:e.quiet},splitLine:{lineStyle:{color:e.line}}},series:r.map((e,t)=>({type:`bar`,stack:`calls`,name:i[t],barMaxWidth:36,data:n.map(t=>t.by_purpose[e]??0)}))});return t`<encore-figure
      .hass=${this.hass}
      heading=${e.account}
      caption=${o}
      file="encore-calls"
      .columns=${[this.say(`day`),this.say(`calls`),...i]}
      .rows=${a}
    >
      <encore-chart
        .hass=${this.hass}
        label=${o}
        .draw=${s}
        .height=${260}
      ></encore-chart>
    </encore-figure>`}};E=u([n(`encore-manage-calls`)],E);var D=class extends y{fetch(){return s(this.hass,`not_understood`)}render(){return t`<section class="surface">
      <div class="line">
        <h2>${this.say(`section_sentences`)}</h2>
        <button
          class="button"
          ?disabled=${this._state.is!==`answered`||!this._state.answer.sentences.length}
          @click=${()=>this.carryOut(()=>s(this.hass,`clear_not_understood`),this.say(`cleared`))}
        >
          ${this.say(`clear`)}
        </button>
      </div>
      <p class="quiet">${this.say(`sentences_more`)}</p>
      ${i(this._state,({sentences:e})=>this.#e(e),{waiting:this.say(`waiting`)})}
    </section>`}#e(e){return e.length?t`<div
      class="scroll"
      tabindex="0"
      role="region"
      aria-label=${this.say(`section_sentences`)}
    >
      <table>
        <thead>
          <tr>
            ${[`when`,`sentence`,`language`].map(e=>t`<th scope="col">${this.say(e)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${e.map(e=>t`<tr>
                <td><time>${_(this.hass,e.at)}</time></td>
                <td dir="auto" lang=${e.language}>${e.sentence}</td>
                <td>${e.language}</td>
              </tr>`)}
        </tbody>
      </table>
    </div>`:l(`music`,this.say(`all_understood`))}};D=u([n(`encore-manage-sentences`)],D);var O=3e3,k=class extends y{#e;connectedCallback(){super.connectedCallback(),this.hass?.connection.subscribeEvents(()=>this.#t(),`encore_job`).then(e=>{this.isConnected?this.#e=e:e()})}disconnectedCallback(){super.disconnectedCallback(),this.#e?.(),this.#e=void 0}#t(){this.#n??=setTimeout(()=>{this.#n=void 0,this.look()},O)}#n;async fetch(){let[{jobs:e},{accounts:t}]=await Promise.all([s(this.hass,`jobs`,{limit:50}),r(this.hass,`sync_status`)]);return{jobs:e,accounts:t}}render(){return i(this._state,e=>this.#r(e),{waiting:this.say(`waiting`),lines:8})}#r({jobs:e,accounts:n}){let i=e=>t`<time>${e?_(this.hass,e):`–`}</time>`;return t`<div class="grid">
      <section class="surface wide">
        <div class="line">
          <h2>${this.say(`accounts`)}</h2>
          <button
            class="button"
            ?disabled=${!n.length}
            @click=${()=>this.carryOut(()=>r(this.hass,`sync_now`),this.say(`synced`))}
          >
            ${this.say(`sync_now`)}
          </button>
        </div>
        ${n.length?this.#a(this.say(`accounts`),[`listener`,`recording`,`watched`,`fetched`,`problem`],n.map(e=>[t`<span dir="auto">${e.listener}</span>`,t`<span class="mark ${e.connected?`good`:`bad`}"
                    >${this.say(e.connected?e.recording?`is_recording`:`is_paused`:`not_connected`)}</span
                  >`,i(e.recorded_until),i(e.fetched_until),e.problem??`–`])):l(`person`,this.say(`no_accounts`))}
      </section>
      <section class="surface wide">
        <h2>${this.say(`jobs`)}</h2>
        ${e.length?this.#a(this.say(`jobs`),[`job`,`listener`,`state`,`begun`,`ended`,`came_to`],e.map(e=>this.#i(e,i))):l(`again`,this.say(`no_jobs`))}
      </section>
    </div>`}#i(n,r){let i=n.state===`running`||n.state===`pending`,a={done:`good`,failed:`bad`}[n.state]??``;return[t`${this.say(`job_${n.kind}`)}
      ${n.about?t`<span class="quiet" dir="auto">${n.about}</span>`:e}`,t`<span dir="auto">${n.listener??`–`}</span>`,t`<span class="mark ${a}">${this.say(`state_${n.state}`)}</span>`,r(n.started),r(n.ended),i?t`<progress
              max="100"
              value=${n.percent}
              aria-label=${this.say(`job_${n.kind}`)}
            ></progress>
            <button
              class="button"
              @click=${()=>this.carryOut(()=>s(this.hass,`cancel_job`,{job:n.job}))}
            >
              ${this.say(`stop`)}
            </button>`:n.error??this.say(`rows`,{rows:g(this.hass,n.rows),count:n.rows})]}#a(e,n,r){return t`<div
      class="scroll"
      tabindex="0"
      role="region"
      aria-label=${e}
    >
      <table>
        <thead>
          <tr>
            ${n.map(e=>t`<th scope="col">${this.say(e)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${r.map(e=>t`<tr>
                ${e.map(e=>t`<td>${e}</td>`)}
              </tr>`)}
        </tbody>
      </table>
    </div>`}};k=u([n(`encore-manage-work`)],k);var A=[`work`,`calls`,`audit`,`sentences`],j=class extends v{constructor(...e){super(...e),this.words=`manage`}static{this.styles=[...v.styles,c`
      nav {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-bottom: 16px;
      }
      nav .button[aria-current] {
        background: color-mix(in srgb, var(--primary-color) 16%, transparent);
        border-color: var(--primary-color);
      }
    `]}get#e(){let e=this.query.get(`section`);return A.find(t=>t===e)??A[0]}render(){return t`<nav aria-label=${this.say(`sections`)}>
        ${A.map(n=>t`<button
              class="button"
              aria-current=${n===this.#e?`true`:e}
              @click=${()=>this.go({more:{section:n}})}
            >
              ${this.say(`section_${n}`)}
            </button>`)}
      </nav>
      ${this.#t()}`}#t(){let{hass:e,names:n,narrow:r}=this;switch(this.#e){case`work`:return t`<encore-manage-work
          .hass=${e}
          .names=${n}
          .narrow=${r}
        ></encore-manage-work>`;case`calls`:return t`<encore-manage-calls
          .hass=${e}
          .names=${n}
          .narrow=${r}
        ></encore-manage-calls>`;case`audit`:return t`<encore-manage-audit
          .hass=${e}
          .names=${n}
          .narrow=${r}
        ></encore-manage-audit>`;case`sentences`:return t`<encore-manage-sentences
          .hass=${e}
          .names=${n}
          .narrow=${r}
        ></encore-manage-sentences>`}}};j=u([n(`encore-manage`)],j);export{j as Manage};