import{i as e,n as t,o as n,p as r,s as i,u as a}from"./element-KEvTEtVl.js";import{t as o}from"./repeat-C1l7pkLd.js";import{n as s,o as c,s as l}from"./requests-BOXeojnY.js";import{C as u,E as d,T as f,o as p,r as m,u as h}from"./format-BsfNSj2c.js";import{t as g}from"./notify-BaOBj0KC.js";import{t as _}from"./view-COxXq5bq.js";var v=`/api/encore/uploads`,y=8,b=class extends Error{},x=async e=>{let t=await e.json().catch(()=>({}));if(e.ok)return t;throw new b(t.message??e.statusText)},S=async e=>x(await e.fetchWithAuth(v)),C=async(e,t)=>{await x(await e.fetchWithAuth(`${v}/${t}`,{method:`DELETE`}))},w=(e,t,n)=>e.find(e=>e.job===null&&e.name===t.name&&e.size===t.size&&e.config_entry_id===n),T=class{#e=!1;#t;#n;#r;constructor(e,t,n,r,i=e=>new Promise(t=>setTimeout(t,e))){this.file=e,this.account=t,this.#t=n,this.#n=r,this.#r=i}stop(){this.#e=!0}async send(){let{uploads:e,piece_bytes:t}=await x(await this.#t(v)),n=w(e,this.file,this.account)??await this.#i();this.#n(n);let r=0;for(;n.job===null&&!this.#e;){try{n=await this.#a(n,t),r=0}catch(e){if(e instanceof b||++r>=y)throw e;await this.#r(Math.min(1e3*2**r,3e4)),n=await this.#o(n)}this.#n(n)}return n}async#i(){let{name:e,size:t}=this.file;return x(await this.#t(v,{method:`POST`,body:JSON.stringify({name:e,size:t,config_entry_id:this.account})}))}async#a(e,t){let{received:n}=e,r=await this.#t(`${v}/${e.upload}?offset=${n}`,{method:`PATCH`,body:this.file.slice(n,n+t)});if(r.status===409)return this.#o(e,r);if(r.status>=500&&r.status!==507)throw Error(r.statusText);return x(r)}async#o(e,t){t&&await this.#r(500);try{return await x(await this.#t(`${v}/${e.upload}`))}catch(t){if(t instanceof b)throw t;return e}}},E=r`
  :host {
    display: grid;
    gap: 16px;
    grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    align-items: start;
  }
  :host([narrow]) {
    grid-template-columns: minmax(0, 1fr);
  }
  section {
    padding: 16px;
  }
  section > h2 {
    margin-bottom: 4px;
  }
  .whose {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin: 12px 0;
  }
  .drop {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 28px 16px;
    text-align: center;
    border: 2px dashed
      color-mix(in srgb, var(--secondary-text-color) 55%, transparent);
    border-radius: var(--encore-radius);
    transition:
      border-color 0.15s,
      background 0.15s;
  }
  .drop.over {
    border-color: var(--primary-color);
    background: color-mix(in srgb, var(--primary-color) 10%, transparent);
  }
  .drop > svg {
    width: 40px;
    height: 40px;
    fill: var(--primary-color);
  }
  progress {
    width: 100%;
    height: 8px;
    margin: 8px 0 4px;
    accent-color: var(--primary-color);
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    justify-content: space-between;
  }
  .going {
    margin-top: 16px;
  }
  ol {
    margin: 12px 0;
    padding-inline-start: 20px;
    display: grid;
    gap: 8px;
  }
`,D=r`
  details {
    border-top: 1px solid var(--encore-line);
    padding: 8px 0;
  }
  details:first-of-type {
    margin-top: 12px;
  }
  summary {
    cursor: pointer;
    padding: 8px 4px;
    border-radius: 8px;
    overflow-wrap: anywhere;
  }
  .counts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(110px, 1fr));
    gap: 8px;
    margin: 8px 0 16px;
  }
  .counts dt {
    font-size: var(--ha-font-size-s, 12px);
    color: var(--secondary-text-color);
  }
  .counts dd {
    margin: 0;
    font-size: 22px;
    font-variant-numeric: tabular-nums;
  }
  .wrong {
    border-inline-start: 4px solid var(--error-color);
    padding-inline-start: 12px;
    margin: 8px 0;
  }
  .scroll {
    overflow-x: auto;
  }
  .scroll td:first-child {
    overflow-wrap: anywhere;
    min-width: 140px;
  }
`,O=(e,t)=>{let n=new Map;for(let r of e)for(let[e,i]of Object.entries(t(r)))n.set(e,(n.get(e)??0)+i);return[...n].sort(([,e],[,t])=>t-e)},k=(e,{hass:t,say:n,when:r})=>{let o=e=>p(t,e),s=e=>Object.values(e).reduce((e,t)=>e+t,0),c=(t,r,s)=>{let c=O(e.files,s);return c.length?a`<h3>${n(t)}</h3>
          <table>
            <tbody>
              ${c.map(([e,t])=>a`<tr>
                    <th scope="row">${n(`${r}_${e}`)}</th>
                    <td class="number">${o(t)}</td>
                  </tr>`)}
            </tbody>
          </table>`:i};return a`<details>
    <summary>
      <strong dir="auto">${e.about??``}</strong>
      <span class="quiet">
        ${[n(`state_${e.state}`),e.listener,r].filter(Boolean).join(` · `)}
      </span>
    </summary>
    ${e.error?a`<p class="wrong">${e.error}</p>`:i}
    <dl class="counts">
      ${[`stored`,`merged`,`duplicates`,`skipped`,`rows`].map(t=>t in e.counts?a`<div>
              <dt>${n(t)}</dt>
              <dd>${o(e.counts[t]??0)}</dd>
            </div>`:i)}
    </dl>
    ${c(`merged_with`,`source`,e=>e.merged)}
    ${c(`left_out`,`skipped`,e=>e.skipped)}
    ${e.files.filter(e=>e.error).map(e=>a`<p class="wrong">
            <strong dir="auto">${e.name}</strong>: ${e.error}
          </p>`)}
    ${e.files.length?a`<h3>${n(`files`)}</h3>
            <div
              class="scroll"
              tabindex="0"
              role="region"
              aria-label=${n(`files`)}
            >
              <table>
                <thead>
                  <tr>
                    <th scope="col">${n(`file`)}</th>
                    ${[`rows`,`stored`,`merged`,`duplicates`,`skipped`].map(e=>a`<th scope="col" class="number">${n(e)}</th>`)}
                  </tr>
                </thead>
                <tbody>
                  ${e.files.map(e=>a`<tr>
                        <td dir="auto">${e.name}</td>
                        ${[e.rows,e.stored,s(e.merged),e.duplicates,s(e.skipped)].map(e=>a`<td class="number">${o(e)}</td>`)}
                      </tr>`)}
                </tbody>
              </table>
            </div>`:i}
  </details>`},A=1024**2,j=20,M,N=class extends _{constructor(...e){super(...e),this.words=`import`,this._refused=``,this._account=``,this._over=!1,this._broken=``}static{this.styles=[..._.styles,D,E]}#e;connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.#t()}disconnectedCallback(){super.disconnectedCallback(),this.#e?.(),this.#e=void 0}firstUpdated(){this.#t()}#t(){this._account||=this.#n.find(e=>e.me)?.account??this.#n[0]?.account??``,this.#r(),this.#e?.(),this.#e=c(this.hass,{kind:`import`,limit:j},e=>{this._jobs=e,this._refused=``},e=>this._refused=l(e))}get#n(){return this.names.listeners.flatMap(({name:e,me:t,account:n})=>n?[{name:e,me:t,account:n}]:[])}async#r(){try{this._uploads=await S(this.hass)}catch(e){this._refused=l(e)}}render(){return a`<div class="grid">
        ${this.#n.length?this.#i():a`<section class="surface">
                ${u(`person`,this.say(`no_accounts`),this.say(`no_accounts_more`))}
              </section>`}
        ${this.#u()}
      </div>
      ${this.#p()}`}#i(){return a`<section class="surface">
      <h2>${this.say(`send`)}</h2>
      <p class="quiet">${this.say(`send_more`)}</p>
      <label class="whose"
        ><span>${this.say(`whose`)}</span>
        <select
          @change=${e=>this._account=e.target.value}
        >
          ${this.#n.map(({name:e,account:t})=>a`<option
                value=${t}
                .selected=${t===this._account}
              >
                ${e}
              </option>`)}
        </select>
      </label>
      <div
        class="drop ${this._over?`over`:``}"
        @dragover=${e=>{e.preventDefault(),this._over=!0}}
        @dragleave=${()=>this._over=!1}
        @drop=${e=>{e.preventDefault(),this._over=!1,this.#s(e.dataTransfer?.files[0])}}
      >
        ${d(`upload`)}
        <p>${this.say(`drop`)}</p>
        <button
          class="button main"
          @click=${()=>this.renderRoot.querySelector(`input[type=file]`)?.click()}
        >
          ${this.say(`choose`)}
        </button>
        <input
          type="file"
          accept=".zip,application/zip"
          aria-label=${this.say(`choose`)}
          hidden
          @change=${e=>{let t=e.target;this.#s(t.files?.[0]),t.value=``}}
        />
      </div>
      ${this.#a()}
    </section>`}#a(){let e=this._sent??this.#o;if(!e||e.job!==null)return i;let t=e=>p(this.hass,e/A,1),n={received:t(e.received),size:t(e.size)},r=M&&this._sent&&!this._broken;return a`<div class="going">
      <div class="line">
        <h3 class="one-line">${this.say(`sending`,{name:e.name})}</h3>
        <span class="quiet number">${this.say(`sent`,n)}</span>
      </div>
      <progress
        max=${e.size}
        value=${e.received}
        aria-label=${this.say(`sending`,{name:e.name})}
      ></progress>
      ${this._broken?a`<p role="alert">
              ${this.say(`broken`,{why:this._broken})}
            </p>`:i}
      ${r?i:a`<p class="quiet">
              ${this.say(`go_on`,{name:e.name,...n})}
            </p>`}
      <div class="line">
        ${this._broken&&M?a`<button
                class="button"
                @click=${()=>M&&this.#c(M.file)}
              >
                ${this.say(`resume`)}
              </button>`:i}
        <button class="button" @click=${()=>this.#l(e)}>
          ${this.say(`give_up`)}
        </button>
      </div>
    </div>`}get#o(){return this._uploads?.uploads.find(e=>e.job===null)}#s(e){if(!e||!this._uploads)return;let{name:t,size:n}=e,r=this._uploads.most_bytes;/\.zip$/i.test(t)?n>r?g(this,this.say(`too_big`,{name:t,size:p(this.hass,n/A),most:p(this.hass,r/A)})):this.#c(e):g(this,this.say(`no_zip`,{name:t}))}#c(e){M?.stop(),this._broken=``;let t=new T(e,this._account,this.hass.fetchWithAuth.bind(this.hass),e=>{M===t&&(this._sent=e)});M=t,t.send().then(()=>{M===t&&(M=void 0,this._sent=void 0,this.#r())},e=>{M===t&&(this._broken=l(e),this.#r())})}async#l(e){M?.stop(),M=void 0,this._sent=void 0,this._broken=``;try{await C(this.hass,e.upload)}catch(e){g(this,l(e))}await this.#r()}#u(){return this._refused?u(`warning`,this._refused):this._jobs?a`<section class="surface">
      <h2>${this.say(`imports`)}</h2>
      ${this._jobs.length?o(this._jobs,e=>e.job,e=>this.#d(e)):u(`download`,this.say(`no_imports`),a`${this.names.recorded_from?this.say(`recorded_from`,{day:m(this.hass,this.names.recorded_from)}):i}
              ${this.say(`no_imports_more`)}`)}
    </section>`:f(this.say(`waiting`))}#d(e){let t=this.say.bind(this);if(e.state!==`running`&&e.state!==`pending`)return k(e,{hass:this.hass,say:t,when:e.ended_at?h(this.hass,e.ended_at):``});let n=e.about??``;return a`<div class="going">
      <div class="line">
        <h3 class="one-line">${t(`importing`,{name:n})}</h3>
        <span class="quiet number"
          >${t(`imported_rows`,{rows:p(this.hass,e.rows),count:e.rows})}${e.seconds_left===null?``:a`, ${this.#f(e.seconds_left)}`}</span
        >
      </div>
      <progress
        max="100"
        value=${e.percent}
        aria-label=${t(`importing`,{name:n})}
      ></progress>
      <button
        class="button"
        @click=${async()=>{try{await s(this.hass,`cancel_job`,{job:e.job}),g(this,t(`stopping`))}catch(e){g(this,l(e))}}}
      >
        ${t(`stop_import`)}
      </button>
    </div>`}#f(e){return this.say(e===1?`one_second_left`:`seconds_left`,{seconds:p(this.hass,e)})}#p(){return a`<section class="surface">
      <h2>${this.say(`ask_spotify`)}</h2>
      <ol>
        ${[`step_1`,`step_2`,`step_3`,`step_4`].map(e=>a`<li>${this.say(e)}</li>`)}
      </ol>
      <p>
        <a
          class="button"
          href="https://www.spotify.com/account/privacy/"
          target="_blank"
          rel="noreferrer noopener"
          >${d(`open`)} ${this.say(`open_spotify`)}</a
        >
      </p>
      <p class="quiet" style="margin-top: 12px">
        ${this.say(`account_data_too`)}
      </p>
    </section>`}};t([e()],N.prototype,`_uploads`,void 0),t([e()],N.prototype,`_jobs`,void 0),t([e()],N.prototype,`_refused`,void 0),t([e()],N.prototype,`_account`,void 0),t([e()],N.prototype,`_over`,void 0),t([e()],N.prototype,`_sent`,void 0),t([e()],N.prototype,`_broken`,void 0),N=t([n(`encore-import`)],N);export{N as Import};