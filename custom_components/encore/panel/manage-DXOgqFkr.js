import{i as e,n as t,o as n,p as r,s as i,u as a}from"./element-z8w5bs_v.js";import{a as o,i as s,n as c,o as l}from"./asking-1myS6PHY.js";import{n as u}from"./figure-BhkxNjjA.js";import{a as d,c as f,o as p}from"./filters-BvO437RO.js";import{a as m,c as h,u as g}from"./format-BkojmUxp.js";import{t as _}from"./tell-BaOBj0KC.js";import{t as v}from"./view-DEyErFox.js";import"./chart-DmQRPA5I.js";var y=class extends v{constructor(...e){super(...e),this.words=`manage`,this.every=6e4,this._state={is:`asking`}}static{this.styles=[...v.styles,r`
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
    `]}#e;connectedCallback(){super.connectedCallback(),this.#e=setInterval(()=>{document.visibilityState===`visible`&&this.look()},this.every),this.hasUpdated&&this.look()}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.#e)}firstUpdated(){this.look()}async look(){try{this._state={is:`answered`,answer:await this.fetch()}}catch(e){if(this._state.is===`answered`)return;this._state={is:`refused`,refusal:l(e)?e:{code:`failed`,message:o(e)}}}}async carryOut(e,t){try{await e(),t&&_(this,t)}catch(e){_(this,o(e))}await this.look()}};t([e()],y.prototype,`_state`,void 0);var b=200,x=[`question`,`command`],S=[`done`,`failed`,`refused`],C=class extends y{constructor(...e){super(...e),this._deed=``,this._outcome=``,this.#r=()=>{this._state.is===`answered`&&u(`encore-audit`,[`at`,`caller`,`name`,`model`,`door`,`deed`,`what`,`outcome`,`reason`,`took_ms`],this._state.answer.records.map(e=>[e.at,e.caller,e.name,e.model,e.door,e.deed,e.what,e.outcome,e.reason,e.took_ms]))}}fetch(){return c(this.hass,`audit`,{limit:b,...this._deed?{deed:this._deed}:{},...this._outcome?{outcome:this._outcome}:{}})}render(){return a`<section class="surface">
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
          ${f(`download`)}
        </button>
      </div>
      <p class="quiet">${this.say(`audit_more`)}</p>
      ${d(this._state,({records:e})=>this.#t(e),{waiting:this.say(`waiting`),lines:10})}
    </section>`}#e(e,t,n){return a`<label
      ><span class="unseen">${this.say(t)}</span>
      <select
        @change=${t=>{this[e]=t.target.value,this.look()}}
      >
        <option value="">${this.say(`every_${t}`)}</option>
        ${n.map(e=>a`<option value=${e}>
              ${this.say(`${t}_${e}`)}
            </option>`)}
      </select></label
    >`}#t(e){return e.length?a`<div
      class="scroll"
      tabindex="0"
      role="region"
      aria-label=${this.say(`section_audit`)}
    >
      <table>
        <thead>
          <tr>
            ${[`when`,`who`,`door`,`what`,`outcome`,`took`].map(e=>a`<th scope="col">${this.say(e)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${e.map(e=>a`<tr>
                <td><time>${h(this.hass,e.at)}</time></td>
                <td dir="auto">${this.#n(e)}</td>
                <td>${this.say(`door_${e.door}`)}</td>
                <td>
                  ${e.what}
                  ${e.private||!Object.keys(e.given).length?i:a`<span class="quiet small" dir="auto"
                          >${w(e.given)}</span
                        >`}
                </td>
                <td>
                  <span
                    class="mark ${e.outcome===`done`?`good`:`bad`}"
                    >${this.say(`outcome_${e.outcome}`)}</span
                  >
                  ${e.reason?a`<span class="quiet small">${e.reason}</span>`:i}
                </td>
                <td class="number">
                  ${this.say(`ms`,{number:m(this.hass,e.took_ms)})}
                </td>
              </tr>`)}
        </tbody>
      </table>
    </div>`:p(`person`,this.say(`no_records`))}#n({name:e,caller:t,model:n}){return[e??this.say(`caller_${t}`),n].filter(Boolean).join(` · `)}#r};t([e()],C.prototype,`_deed`,void 0),t([e()],C.prototype,`_outcome`,void 0),C=t([n(`encore-manage-audit`)],C);var w=e=>Object.entries(e).map(([e,t])=>`${e}: ${typeof t==`object`?JSON.stringify(t):String(t)}`).join(`, `),T=30,E=class extends y{fetch(){return c(this.hass,`api_usage`,{days:T})}render(){return d(this._state,e=>this.#e(e),{waiting:this.say(`waiting`),lines:8})}#e(e){let t=e=>m(this.hass,e),n=Object.values(e.breakers).filter(e=>e.state!==`closed`),r=[[`last_24_hours`,t(e.last_24_hours)],[`most_a_day`,e.calls_per_day===null?this.say(`no_limit`):t(e.calls_per_day)],[`most_a_minute`,t(e.calls_per_minute)],[`spotify_wants`,e.paused_until?this.say(`pause_until`,{moment:h(this.hass,e.paused_until)}):this.say(n.length?`does_not_answer`:`nothing_in_the_way`)]];return a`<div class="grid">
      <section class="surface wide">
        <h2>${this.say(`budget`)}</h2>
        <table>
          <tbody>
            ${r.map(([e,t])=>a`<tr>
                  <th scope="row">${this.say(e)}</th>
                  <td>${t}</td>
                </tr>`)}
          </tbody>
        </table>
      </section>
      ${e.accounts.map(e=>this.#t(e))}
    </div>`}#t(e){let t=e.days.toSorted((e,t)=>e.day<t.day?-1:1),n=[...new Set(t.flatMap(e=>Object.keys(e.by_purpose)))],r=n.map(e=>{let t=this.say(`purpose_${e}`);return t.startsWith(`purpose_`)?e.replaceAll(`_`,` `):t}),i=t.map(e=>[e.day,e.calls,...n.map(t=>e.by_purpose[t]??0)]),o=this.say(`calls_today`,{calls:m(this.hass,e.calls_today),count:e.calls_today}),s=e=>({color:e.series,legend:{bottom:0,type:`scroll`,textStyle:{color:e.text}},tooltip:{trigger:`axis`,backgroundColor:e.surface,borderColor:e.line,textStyle:{color:e.text}},grid:{left:8,right:8,top:12,bottom:36,containLabel:!0},xAxis:{type:`category`,data:t.map(e=>g(this.hass,`${e.day}T12:00`)),axisLabel:{color:e.quiet},axisLine:{lineStyle:{color:e.line}}},yAxis:{type:`value`,minInterval:1,axisLabel:{color:e.quiet},splitLine:{lineStyle:{color:e.line}}},series:n.map((e,n)=>({type:`bar`,stack:`calls`,name:r[n],barMaxWidth:36,data:t.map(t=>t.by_purpose[e]??0)}))});return a`<encore-figure
      .hass=${this.hass}
      heading=${e.account}
      caption=${o}
      file="encore-calls"
      .columns=${[this.say(`day`),this.say(`calls`),...r]}
      .rows=${i}
    >
      <encore-chart
        .hass=${this.hass}
        label=${o}
        .draw=${s}
        .height=${260}
      ></encore-chart>
    </encore-figure>`}};E=t([n(`encore-manage-calls`)],E);var D=class extends y{fetch(){return c(this.hass,`not_understood`)}render(){return a`<section class="surface">
      <div class="line">
        <h2>${this.say(`section_sentences`)}</h2>
        <button
          class="button"
          ?disabled=${this._state.is!==`answered`||!this._state.answer.sentences.length}
          @click=${()=>this.carryOut(()=>c(this.hass,`clear_not_understood`),this.say(`cleared`))}
        >
          ${this.say(`clear`)}
        </button>
      </div>
      <p class="quiet">${this.say(`sentences_more`)}</p>
      ${d(this._state,({sentences:e})=>this.#e(e),{waiting:this.say(`waiting`)})}
    </section>`}#e(e){return e.length?a`<div
      class="scroll"
      tabindex="0"
      role="region"
      aria-label=${this.say(`section_sentences`)}
    >
      <table>
        <thead>
          <tr>
            ${[`when`,`sentence`,`language`].map(e=>a`<th scope="col">${this.say(e)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${e.map(e=>a`<tr>
                <td><time>${h(this.hass,e.at)}</time></td>
                <td dir="auto" lang=${e.language}>${e.sentence}</td>
                <td>${e.language}</td>
              </tr>`)}
        </tbody>
      </table>
    </div>`:p(`music`,this.say(`all_understood`))}};D=t([n(`encore-manage-sentences`)],D);var O=3e3,k=class extends y{#e;connectedCallback(){super.connectedCallback(),this.hass?.connection.subscribeEvents(()=>this.#t(),`encore_job`).then(e=>{this.isConnected?this.#e=e:e()})}disconnectedCallback(){super.disconnectedCallback(),this.#e?.(),this.#e=void 0}#t(){this.#n??=setTimeout(()=>{this.#n=void 0,this.look()},O)}#n;async fetch(){let[{jobs:e},{accounts:t}]=await Promise.all([c(this.hass,`jobs`,{limit:50}),s(this.hass,`sync_status`)]);return{jobs:e,accounts:t}}render(){return d(this._state,e=>this.#r(e),{waiting:this.say(`waiting`),lines:8})}#r({jobs:e,accounts:t}){let n=e=>a`<time>${e?h(this.hass,e):`–`}</time>`;return a`<div class="grid">
      <section class="surface wide">
        <div class="line">
          <h2>${this.say(`accounts`)}</h2>
          <button
            class="button"
            ?disabled=${!t.length}
            @click=${()=>this.carryOut(()=>s(this.hass,`sync_now`),this.say(`synced`))}
          >
            ${this.say(`sync_now`)}
          </button>
        </div>
        ${t.length?this.#a(this.say(`accounts`),[`listener`,`recording`,`watched`,`fetched`,`problem`],t.map(e=>[a`<span dir="auto">${e.listener}</span>`,a`<span class="mark ${e.connected?`good`:`bad`}"
                    >${this.say(e.connected?e.recording?`is_recording`:`is_paused`:`not_connected`)}</span
                  >`,n(e.recorded_until),n(e.fetched_until),e.problem??`–`])):p(`person`,this.say(`no_accounts`))}
      </section>
      <section class="surface wide">
        <h2>${this.say(`jobs`)}</h2>
        ${e.length?this.#a(this.say(`jobs`),[`job`,`listener`,`state`,`begun`,`ended`,`came_to`],e.map(e=>this.#i(e,n))):p(`again`,this.say(`no_jobs`))}
      </section>
    </div>`}#i(e,t){let n=e.state===`running`||e.state===`pending`,r={done:`good`,failed:`bad`}[e.state]??``;return[a`${this.say(`job_${e.kind}`)}
      ${e.about?a`<span class="quiet" dir="auto">${e.about}</span>`:i}`,a`<span dir="auto">${e.listener??`–`}</span>`,a`<span class="mark ${r}">${this.say(`state_${e.state}`)}</span>`,t(e.started),t(e.ended),n?a`<progress
              max="100"
              value=${e.percent}
              aria-label=${this.say(`job_${e.kind}`)}
            ></progress>
            <button
              class="button"
              @click=${()=>this.carryOut(()=>c(this.hass,`cancel_job`,{job:e.job}))}
            >
              ${this.say(`stop`)}
            </button>`:e.error??this.say(`rows`,{rows:m(this.hass,e.rows),count:e.rows})]}#a(e,t,n){return a`<div
      class="scroll"
      tabindex="0"
      role="region"
      aria-label=${e}
    >
      <table>
        <thead>
          <tr>
            ${t.map(e=>a`<th scope="col">${this.say(e)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${n.map(e=>a`<tr>
                ${e.map(e=>a`<td>${e}</td>`)}
              </tr>`)}
        </tbody>
      </table>
    </div>`}};k=t([n(`encore-manage-work`)],k);var A=[`work`,`calls`,`audit`,`sentences`],j=class extends v{constructor(...e){super(...e),this.words=`manage`}static{this.styles=[...v.styles,r`
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
    `]}get#e(){let e=this.query.get(`section`);return A.find(t=>t===e)??A[0]}render(){return a`<nav aria-label=${this.say(`sections`)}>
        ${A.map(e=>a`<button
              class="button"
              aria-current=${e===this.#e?`true`:i}
              @click=${()=>this.go({more:{section:e}})}
            >
              ${this.say(`section_${e}`)}
            </button>`)}
      </nav>
      ${this.#t()}`}#t(){let{hass:e,names:t,narrow:n}=this;switch(this.#e){case`work`:return a`<encore-manage-work
          .hass=${e}
          .names=${t}
          .narrow=${n}
        ></encore-manage-work>`;case`calls`:return a`<encore-manage-calls
          .hass=${e}
          .names=${t}
          .narrow=${n}
        ></encore-manage-calls>`;case`audit`:return a`<encore-manage-audit
          .hass=${e}
          .names=${t}
          .narrow=${n}
        ></encore-manage-audit>`;case`sentences`:return a`<encore-manage-sentences
          .hass=${e}
          .names=${t}
          .narrow=${n}
        ></encore-manage-sentences>`}}};j=t([n(`encore-manage`)],j);export{j as Manage};