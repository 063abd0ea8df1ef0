import{i as e,n as t,o as n,p as r,s as i,u as a}from"./element-KEvTEtVl.js";import{n as o,t as s}from"./static-html-DaBXt81q.js";import{a as c,n as l,o as u,r as d,s as f}from"./requests-BOXeojnY.js";import"./cover-Cc4cHo_Q.js";import{C as p,E as m,o as h,p as g,u as _,w as v}from"./format-BsfNSj2c.js";import{t as y}from"./notify-BaOBj0KC.js";import{t as b}from"./view-COxXq5bq.js";import{n as x}from"./figure-oY6swpe9.js";import"./chart-Cy8lXmM_.js";import"./dialog-_EHXyLTX.js";var S=(e,t=7)=>e.connection.sendMessagePromise({type:`encore/overview`,days:t,language:e.language}),C=class extends b{constructor(...e){super(...e),this.words=`manage`,this.every=null,this._state={is:`asking`},this.#t=0,this.#n=()=>{document.visibilityState===`visible`&&this.look()},this.#r=()=>void this.look()}static{this.styles=[...b.styles,r`
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
      .line > :is(h2, h3, :first-child:not(encore-cover)) {
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
    `]}#e;#t;connectedCallback(){super.connectedCallback(),this.every!==null&&(this.#e=setInterval(()=>this.#n(),this.every)),document.addEventListener(`visibilitychange`,this.#n),this.hasUpdated&&this.look()}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.#e),document.removeEventListener(`visibilitychange`,this.#n),this.#i?.removeEventListener(`ready`,this.#r),this.#i=void 0}#n;#r;#i;firstUpdated(){this.look()}async look(){this.#i||(this.#i=this.hass.connection,this.#i.addEventListener(`ready`,this.#r));let e=++this.#t;try{let t=await this.fetch();e===this.#t&&(this._state={is:`answered`,answer:t})}catch(t){if(e!==this.#t||this._state.is===`answered`)return;this._state={is:`refused`,refusal:d(t)}}}async carryOut(e,t){try{await e(),t&&y(this,t)}catch(e){y(this,f(e))}await this.look()}};t([e()],C.prototype,`_state`,void 0);var w=`/config/integrations/integration/encore`,T=class extends C{constructor(...e){super(...e),this.every=6e4}fetch(){return S(this.hass)}render(){return v(this._state,({accounts:e})=>this.#e(e),{waiting:this.say(`waiting`),lines:8})}#e(e){return e.length?a`<div class="grid">
      ${e.map(e=>this.#t(e))}
    </div>`:p(`person`,this.say(`no_accounts`))}#t(e){let{token:t,recording:n}=e,r=[[`state`,this.#n(e)],[`login_ends`,t?.login_ends?g(this.hass,t.login_ends):`–`],[`token_until`,t?.expires_at?_(this.hass,t.expires_at):`–`],[`access`,this.say(`access_${e.access}`)],[`permissions`,this.#r(e)],[`shared_with`,this.say(`privacy_${e.privacy}`)],[`recording`,n===null?`–`:this.say(n?`is_recording`:`is_paused`)]];return a`<section class="surface">
      <div class="line">
        <encore-cover
          round
          .hass=${this.hass}
          .name=${e.listener}
        ></encore-cover>
        <h2 dir="auto">${e.listener}</h2>
        ${n===null?i:a`<button
                class="button"
                @click=${()=>this.carryOut(()=>c(this.hass,n?`pause_recording`:`resume_recording`,{listener:e.listener}))}
              >
                ${this.say(n?`pause`:`resume`)}
              </button>`}
        <a class="button" href=${w}>${this.say(`settings`)}</a>
      </div>
      <table>
        <tbody>
          ${r.map(([e,t])=>a`<tr>
                <th scope="row">${this.say(e)}</th>
                <td>${t}</td>
              </tr>`)}
        </tbody>
      </table>
    </section>`}#n(e){let t=e.token?.health??`login_needed`,n=e.state===`loaded`&&t!==`login_needed`,r=e.reason??``;return a`<span class="mark ${n?`good`:`bad`}"
        >${this.say(n?`works`:t===`login_needed`?`login_needed`:`does_not_work`)}</span
      >
      ${r?a`<span class="quiet">${r}</span>`:i}`}#r({permissions:e,missing_scopes:t}){let n=(e??[]).map(e=>this.say(`permission_${e}`)).join(`, `);return t?.length?this.say(`missing`,{granted:n,missing:t.join(`, `)}):n||`–`}};T=t([n(`encore-manage-accounts`)],T);var E=(e,t,n)=>r=>({color:r.series,legend:{bottom:0,textStyle:{color:r.text}},tooltip:{trigger:`axis`,backgroundColor:r.surface,borderColor:r.line,textStyle:{color:r.text}},grid:{left:8,right:8,top:12,bottom:36,containLabel:!0},xAxis:{type:`category`,data:t.map(t=>g(e,t)),axisLabel:{color:r.quiet},axisLine:{lineStyle:{color:r.line}}},yAxis:{type:`value`,minInterval:1,axisLabel:{color:r.quiet},splitLine:{lineStyle:{color:r.line}}},series:n.map(({name:e,counts:t})=>({type:`bar`,stack:`all`,name:e,barMaxWidth:36,data:t}))}),D=200,O=30,k=[`question`,`command`],A=[`done`,`failed`,`refused`],j=class extends C{constructor(...e){super(...e),this._requestType=``,this._outcome=``,this.#a=()=>{this._state.is===`answered`&&x(`encore-audit`,[`at`,`caller`,`name`,`model`,`interface`,`type`,`request`,`outcome`,`reason`,`duration_ms`],this._state.answer.records.map(e=>[e.at,e.caller,e.name,e.model,e.interface,e.type,e.request,e.outcome,e.reason,e.duration_ms]))}}async fetch(){let[{records:e},{asked:t,logins:n}]=await Promise.all([c(this.hass,`get_audit_log`,{limit:D,...this._requestType?{type:this._requestType}:{},...this._outcome?{outcome:this._outcome}:{}}),S(this.hass,O)]);return{records:e,asked:t,logins:n}}render(){return a`${this._state.is===`answered`?a`<div class="grid" style="margin-bottom: 16px">
            ${this.#e(`asked`,this._state.answer.asked)}
            ${this.#e(`logins`,this._state.answer.logins)}
          </div>`:i}
    ${this.#t()}`}#e(e,t){let n=this.say(`${e}_over_time`);if(!t.length)return a`<section class="surface">
        <h2>${n}</h2>
        <p class="quiet">${this.say(`no_${e}`)}</p>
      </section>`;let r=[...new Set(t.flatMap(e=>Object.keys(e)))].filter(e=>e!==`day`).map(n=>({name:this.say(`${e}_${n}`),counts:t.map(e=>Number(e[n]??0))})),i=t.map(e=>e.day);return a`<encore-figure
      .hass=${this.hass}
      heading=${n}
      file="encore-${e}"
      .columns=${[this.say(`day`),...r.map(e=>e.name)]}
      .rows=${i.map((e,t)=>[e,...r.map(e=>e.counts[t]??0)])}
    >
      <encore-chart
        .hass=${this.hass}
        label=${n}
        .draw=${E(this.hass,i,r)}
        .height=${200}
      ></encore-chart>
    </encore-figure>`}#t(){return a`<section class="surface">
      <div class="line">
        <h2>${this.say(`section_audit`)}</h2>
        ${this.#n(`_requestType`,`deed`,k)}
        ${this.#n(`_outcome`,`outcome`,A)}
        <button
          class="icon-button"
          aria-label=${this.say(`as_csv`)}
          title=${this.say(`as_csv`)}
          @click=${this.#a}
        >
          ${m(`download`)}
        </button>
      </div>
      <p class="quiet">${this.say(`audit_more`)}</p>
      ${v(this._state,({records:e})=>this.#r(e),{waiting:this.say(`waiting`),lines:10})}
    </section>`}#n(e,t,n){return a`<label
      ><span class="unseen">${this.say(t)}</span>
      <select
        @change=${t=>{this[e]=t.target.value,this.look()}}
      >
        <option value="">${this.say(`every_${t}`)}</option>
        ${n.map(e=>a`<option value=${e}>
              ${this.say(`${t}_${e}`)}
            </option>`)}
      </select></label
    >`}#r(e){return e.length?a`<div
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
                <td><time>${_(this.hass,e.at)}</time></td>
                <td dir="auto">${this.#i(e)}</td>
                <td>${this.say(`door_${e.interface}`)}</td>
                <td>
                  ${e.request}
                  ${e.private||!Object.keys(e.parameters).length?i:a`<span class="quiet small" dir="auto"
                          >${M(e.parameters)}</span
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
                  ${this.say(`ms`,{number:h(this.hass,e.duration_ms)})}
                </td>
              </tr>`)}
        </tbody>
      </table>
    </div>`:p(`person`,this.say(`no_records`))}#i({name:e,caller:t,model:n}){return[e??this.say(`caller_${t}`),n].filter(Boolean).join(` · `)}#a};t([e()],j.prototype,`_requestType`,void 0),t([e()],j.prototype,`_outcome`,void 0),j=t([n(`encore-manage-audit`)],j);var M=e=>Object.entries(e).map(([e,t])=>`${e}: ${typeof t==`object`?JSON.stringify(t):String(t)}`).join(`, `),N=30,P=class extends C{fetch(){return c(this.hass,`get_api_usage`,{days:N})}render(){return v(this._state,e=>this.#e(e),{waiting:this.say(`waiting`),lines:8})}#e(e){let t=e=>h(this.hass,e),n=Object.values(e.breakers).filter(e=>e.state!==`closed`),r=[[`last_24_hours`,t(e.last_24_hours)],[`most_a_day`,e.calls_per_day===null?this.say(`no_limit`):t(e.calls_per_day)],[`most_a_minute`,t(e.calls_per_minute)],[`spotify_wants`,e.paused_until?this.say(`pause_until`,{moment:_(this.hass,e.paused_until)}):this.say(n.length?`does_not_answer`:`nothing_in_the_way`)]];return a`<div class="grid">
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
    </div>`}#t(e){let t=e.days.toSorted((e,t)=>e.day<t.day?-1:1),n=[...new Set(t.flatMap(e=>Object.keys(e.by_purpose)))],r=n.map(e=>{let t=this.say(`purpose_${e}`);return t.startsWith(`purpose_`)?e.replaceAll(`_`,` `):t}),i=t.map(e=>[e.day,e.calls,...n.map(t=>e.by_purpose[t]??0)]),o=this.say(`calls_today`,{calls:h(this.hass,e.calls_today),count:e.calls_today}),s=E(this.hass,t.map(e=>e.day),n.map((e,n)=>({name:r[n]??e,counts:t.map(t=>t.by_purpose[e]??0)})));return a`<encore-figure
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
    </encore-figure>`}};P=t([n(`encore-manage-calls`)],P);var F=[`entry`,`login`,`link`,`notice`,`spotify`,`speaker`,`store`,`job`,`forgetting`],I=500,L=250,R=class extends C{constructor(...e){super(...e),this._kind=``,this._text=``,this._asks=!1,this.#n=()=>{this._state.is===`answered`&&x(`encore-events`,[`at`,`kind`,`what`,`about`,`detail`],this._state.answer.events.map(e=>[e.at,e.kind,e.what,e.about,e.detail]))}}fetch(){return this.hass.connection.sendMessagePromise({type:`encore/events`,limit:I,language:this.hass.language,...this._kind?{kind:[this._kind]}:{},...this._text?{text:this._text}:{}})}#e;render(){return a`<section class="surface">
        <div class="line">
          <h2>${this.say(`section_events`)}</h2>
          <label
            ><span class="unseen">${this.say(`kind`)}</span>
            <select
              @change=${e=>{this._kind=e.target.value,this.look()}}
            >
              <option value="">${this.say(`every_event`)}</option>
              ${F.map(e=>a`<option value=${e}>
                    ${this.say(`event_${e}`)}
                  </option>`)}
            </select></label
          >
          <label
            ><span class="unseen">${this.say(`search`)}</span
            ><input
              type="search"
              placeholder=${this.say(`search`)}
              @input=${e=>{this._text=e.target.value,clearTimeout(this.#e),this.#e=setTimeout(()=>void this.look(),L)}}
          /></label>
          <button
            class="icon-button"
            aria-label=${this.say(`as_csv`)}
            title=${this.say(`as_csv`)}
            @click=${this.#n}
          >
            ${m(`download`)}
          </button>
          <button class="button" @click=${()=>this._asks=!0}>
            ${this.say(`purge`)}
          </button>
        </div>
        ${v(this._state,e=>this.#t(e),{waiting:this.say(`waiting`),lines:10})}
      </section>
      ${this._asks?a`<encore-dialog
              .hass=${this.hass}
              heading=${this.say(`purge`)}
              @closed=${()=>this._asks=!1}
            >
              <p>${this.say(`purge_more`)}</p>
              <button
                slot="actions"
                class="button danger"
                @click=${()=>{this._asks=!1,this.carryOut(()=>this.hass.connection.sendMessagePromise({type:`encore/purge_events`}),this.say(`purged`))}}
              >
                ${this.say(`purge`)}
              </button>
            </encore-dialog>`:i}`}#t({count:e,events:t}){return t.length?a`<p class="quiet">
        ${this.say(`events_found`,{number:h(this.hass,e),count:e})}
      </p>
      <div
        class="scroll"
        tabindex="0"
        role="region"
        aria-label=${this.say(`section_events`)}
      >
        <table>
          <thead>
            <tr>
              ${[`when`,`event`,`about`,`detail`].map(e=>a`<th scope="col">${this.say(e)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${t.map(e=>a`<tr>
                  <td><time>${_(this.hass,e.at)}</time></td>
                  <td>${this.say(`happened_${e.kind}_${e.what}`)}</td>
                  <td dir="auto">${e.about??`–`}</td>
                  <td class="quiet">${e.detail??``}</td>
                </tr>`)}
          </tbody>
        </table>
      </div>`:p(`music`,this.say(`nothing_happened`))}#n};t([e()],R.prototype,`_kind`,void 0),t([e()],R.prototype,`_text`,void 0),t([e()],R.prototype,`_asks`,void 0),R=t([n(`encore-manage-events`)],R);var z=class extends C{fetch(){return c(this.hass,`get_unrecognized_requests`)}render(){return a`<section class="surface">
      <div class="line">
        <h2>${this.say(`section_sentences`)}</h2>
        <button
          class="button"
          ?disabled=${this._state.is!==`answered`||!this._state.answer.sentences.length}
          @click=${()=>this.carryOut(()=>c(this.hass,`clear_unrecognized_requests`),this.say(`cleared`))}
        >
          ${this.say(`clear`)}
        </button>
      </div>
      <p class="quiet">${this.say(`sentences_more`)}</p>
      ${v(this._state,({sentences:e})=>this.#e(e),{waiting:this.say(`waiting`)})}
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
                <td><time>${_(this.hass,e.at)}</time></td>
                <td dir="auto" lang=${e.language}>${e.sentence}</td>
                <td>${e.language}</td>
              </tr>`)}
        </tbody>
      </table>
    </div>`:p(`music`,this.say(`all_understood`))}};z=t([n(`encore-manage-sentences`)],z);var B=class extends C{constructor(...e){super(...e),this.every=6e4}fetch(){return S(this.hass)}render(){return v(this._state,e=>this.#e(e),{waiting:this.say(`waiting`),lines:8})}#e({households:e}){return e.length?a`<div class="grid">
      ${e.map(e=>a`<section class="surface wide">
            <h2 dir="auto">${e.name}</h2>
            ${e.reason?a`<p class="mark bad">${e.reason}</p>`:i}
            <div
              class="scroll"
              tabindex="0"
              role="region"
              aria-label=${e.name}
            >
              <table>
                <thead>
                  <tr>
                    ${[`room`,`model`,`software`,`heard`,`heard_last`].map(e=>a`<th scope="col">${this.say(e)}</th>`)}
                  </tr>
                </thead>
                <tbody>
                  ${e.speakers.map(e=>this.#t(e))}
                </tbody>
              </table>
            </div>
          </section>`)}
    </div>`:p(`room`,this.say(`no_speakers`),this.say(`no_speakers_more`))}#t(e){let t={pushed:`good`,lost:`bad`}[e.link]??``;return a`<tr>
      <td dir="auto">${e.room}</td>
      <td>${e.model??`–`}</td>
      <td>${e.software??`–`}</td>
      <td>
        <span class="mark ${t}">${this.say(`link_${e.link}`)}</span>
      </td>
      <td>
        <time
          >${e.heard_at?_(this.hass,e.heard_at):`–`}</time
        >
      </td>
    </tr>`}};B=t([n(`encore-manage-speakers`)],B);var V=1024**2,H=class extends C{constructor(...e){super(...e),this._asks=!1}async fetch(){let[{store:e},{deletions:t}]=await Promise.all([S(this.hass),c(this.hass,`get_deletions`)]);return{store:e,forgotten:t}}render(){return a`${v(this._state,e=>this.#e(e),{waiting:this.say(`waiting`),lines:8})}
    ${this._asks?a`<encore-dialog
            .hass=${this.hass}
            heading=${this.say(`rebuild`)}
            @closed=${()=>this._asks=!1}
          >
            <p>${this.say(`rebuild_more`)}</p>
            <button
              slot="actions"
              class="button main"
              @click=${()=>{this._asks=!1,this.carryOut(()=>l(this.hass,`rebuild_history`),this.say(`rebuilt`))}}
            >
              ${this.say(`rebuild`)}
            </button>
          </encore-dialog>`:i}`}#e({store:e,forgotten:t}){let n=e=>h(this.hass,e),r=Object.entries(e.kept_days),i=[[`store_kind`,this.say(`store_${e.kind}`)],[`size`,e.bytes===null?`–`:this.say(`mb`,{number:h(this.hass,e.bytes/V,1)})],[`plays_kept`,n(e.plays)],...Object.entries(e.observations).map(([e,t])=>[`seen_${e}`,n(t)]),[`kept`,r.length?r.map(([e,t])=>this.say(`kept_for`,{kind:this.say(`kept_${e}`),days:n(t),count:t})).join(`, `):this.say(`for_ever`)],[`last_backup`,e.last_backup?_(this.hass,e.last_backup):`–`]];return a`<div class="grid">
      <section class="surface">
        <h2>${this.say(`section_store`)}</h2>
        <table>
          <tbody>
            ${i.map(([e,t])=>a`<tr>
                  <th scope="row">${this.say(e)}</th>
                  <td>${t}</td>
                </tr>`)}
          </tbody>
        </table>
        <div class="line" style="margin: 16px 0 0">
          <span></span>
          <a class="button" href="/config/backup">${this.say(`backups`)}</a>
          <a class="button" href="/config/integrations/integration/encore"
            >${this.say(`retention`)}</a
          >
          <button class="button" @click=${()=>this._asks=!0}>
            ${this.say(`rebuild`)}
          </button>
        </div>
      </section>
      <section class="surface">
        <h2>${this.say(`forgotten`)}</h2>
        ${t.length?a`<table>
                <tbody>
                  ${t.map(e=>this.#t(e))}
                </tbody>
              </table>`:a`<p class="quiet">${this.say(`nothing_forgotten`)}</p>`}
      </section>
    </div>`}#t(e){let t=e.undone_at?`undone`:e.reimport_allowed_at?`lifted`:e.removed_at?`removed`:`waits`;return a`<tr>
      <th scope="row">
        <time>${_(this.hass,e.requested_at)}</time>
      </th>
      <td>
        ${e.play_count===null?this.say(`not_told`):this.say(`count_plays`,{number:h(this.hass,e.play_count),count:e.play_count})}
        <span class="quiet">${this.say(`forgotten_${t}`)}</span>
      </td>
      <td>
        ${t===`waits`?a`<button
                class="button"
                @click=${()=>this.carryOut(()=>l(this.hass,`undo_deletion`,{id:e.id}),this.say(`undone`))}
              >
                ${this.say(`undo`)}
              </button>`:t===`removed`?a`<button
                  class="button"
                  @click=${()=>this.carryOut(()=>c(this.hass,`allow_reimport`,{id:e.id}),this.say(`reimport_allowed`))}
                >
                  ${this.say(`allow_reimport`)}
                </button>`:i}
      </td>
    </tr>`}};t([e()],H.prototype,`_asks`,void 0),H=t([n(`encore-manage-store`)],H);var U=50,W=class extends C{constructor(...e){super(...e),this._jobs={is:`asking`}}#e;connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.#t()}firstUpdated(){super.firstUpdated(),this.#t()}#t(){this.#e?.(),this.#e=u(this.hass,{limit:U},e=>this._jobs={is:`answered`,answer:e},e=>this._jobs={is:`refused`,refusal:d(e)})}disconnectedCallback(){super.disconnectedCallback(),this.#e?.(),this.#e=void 0}fetch(){return c(this.hass,`get_sync_status`)}render(){let e={waiting:this.say(`waiting`),lines:4};return v(this._state,t=>v(this._jobs,e=>this.#n(e,t),e),e)}#n(e,{accounts:t,paused_rooms:n}){let r=e=>a`<time>${e?_(this.hass,e):`–`}</time>`;return a`<div class="grid">
      <section class="surface wide">
        <div class="line">
          <h2>${this.say(`accounts`)}</h2>
          <button
            class="button"
            ?disabled=${!t.length}
            @click=${()=>this.carryOut(()=>c(this.hass,`sync_now`),this.say(`synced`))}
          >
            ${this.say(`sync_now`)}
          </button>
        </div>
        ${t.length?this.#a(this.say(`accounts`),[`listener`,`recording`,`watched`,`fetched`,`problem`],t.map(e=>[a`<span dir="auto">${e.listener}</span>`,a`<span class="mark ${e.connected?`good`:`bad`}"
                    >${this.say(e.connected?e.recording?`is_recording`:`is_paused`:`not_connected`)}</span
                  >`,r(e.recorded_until),r(e.fetched_until),e.problem??`–`])):p(`person`,this.say(`no_accounts`))}
      </section>
      ${n.length?this.#r(n,r):i}
      <section class="surface wide">
        <h2>${this.say(`jobs`)}</h2>
        ${e.length?this.#a(this.say(`jobs`),[`job`,`listener`,`state`,`begun`,`ended`,`came_to`],e.map(e=>this.#i(e,r))):p(`again`,this.say(`no_jobs`))}
      </section>
    </div>`}#r(e,t){return a`<section class="surface wide">
      <h2>${this.say(`paused_rooms`)}</h2>
      ${this.#a(this.say(`paused_rooms`),[`room`,`listener`,`paused_until`,`recording`],e.map(({room:e,listener:n,until:r})=>[a`<span dir="auto">${e}</span>`,a`<span dir="auto">${n??this.say(`everyone`)}</span>`,t(r),a`<button
            class="button"
            @click=${()=>this.carryOut(()=>c(this.hass,`resume_recording`,{room:e,...n&&{listener:n}}))}
          >
            ${this.say(`resume`)}
          </button>`]))}
    </section>`}#i(e,t){let n=e.state===`running`||e.state===`pending`,r={done:`good`,failed:`bad`}[e.state]??``;return[a`${this.say(`job_${e.kind}`)}
      ${e.about?a`<span class="quiet" dir="auto">${e.about}</span>`:i}`,a`<span dir="auto">${e.listener??`–`}</span>`,a`<span class="mark ${r}">${this.say(`state_${e.state}`)}</span>`,t(e.started_at),t(e.ended_at),n?a`<progress
              max="100"
              value=${e.percent}
              aria-label=${this.say(`job_${e.kind}`)}
            ></progress>
            <button
              class="button"
              @click=${()=>this.carryOut(()=>l(this.hass,`cancel_job`,{job:e.job}))}
            >
              ${this.say(`stop`)}
            </button>`:e.error??this.say(`rows`,{rows:h(this.hass,e.rows),count:e.rows})]}#a(e,t,n){return a`<div
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
    </div>`}};t([e()],W.prototype,`_jobs`,void 0),W=t([n(`encore-manage-work`)],W);var G=[`accounts`,`work`,`calls`,`speakers`,`store`,`audit`,`sentences`,`events`],K=class extends b{constructor(...e){super(...e),this.words=`manage`}static{this.styles=[...b.styles,r`
      nav {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-bottom: 16px;
      }
      :host([narrow]) nav {
        flex-wrap: nowrap;
        overflow-x: auto;
        scrollbar-width: none;
        margin: -2px -12px 14px;
        padding: 2px 12px;
      }
      nav .button {
        flex: none;
        min-height: 40px;
        border-radius: 20px;
      }
      nav .button[aria-current] {
        background: color-mix(in srgb, var(--primary-color) 16%, transparent);
        border-color: var(--primary-color);
      }
    `]}get#e(){let e=this.query.get(`section`);return G.find(t=>t===e)??G[0]}#t;updated(){this.#t!==this.#e&&(this.#t=this.#e,this.renderRoot.querySelector(`nav [aria-current]`)?.scrollIntoView({block:`nearest`,inline:`center`}))}render(){let e=this.#e,t=s(`encore-manage-${e}`);return a`<nav aria-label=${this.say(`sections`)}>
        ${G.map(t=>a`<button
              class="button"
              aria-current=${t===e?`true`:i}
              @click=${()=>this.go({more:{section:t}})}
            >
              ${this.say(`section_${t}`)}
            </button>`)}
      </nav>
      ${o`<${t}
        .hass=${this.hass}
        .names=${this.names}
        .narrow=${this.narrow}
      ></${t}>`}`}};K=t([n(`encore-manage`)],K);export{K as Manage};