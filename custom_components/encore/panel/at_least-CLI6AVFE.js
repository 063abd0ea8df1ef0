import{a as e,n as t,o as n,p as r,s as i,t as a,u as o}from"./element-KEvTEtVl.js";import{E as s,o as c,s as l}from"./format-BsfNSj2c.js";import"./cover-Cc4cHo_Q.js";import{t as u}from"./answers-DbIo5sqv.js";var d=[`hour`,`day`,`week`,`month`,`year`],f=864e5,p={today:1,yesterday:1,last_night:1,this_week:7,last_week:7,this_month:31,last_month:31,this_year:366,last_year:366},m={hour:1/24,day:1,week:7,month:31,year:366},h=(e,t,n,r)=>{let i=e=>e?(r.getTime()-Date.parse(e))/f:1,{start:a,end:o}=e;if(a||o){let e=Date.parse(a||n||o),t=Math.min(Date.parse(o)||1/0,r.getTime());return Math.max(1,(t-e)/f+ +!!o)}let s=e.window||t,c=p[s];if(c)return c;let l=/^last_(\d+)_(hour|day|week|month|year)s?$/.exec(s);return l?Math.max(1,Number(l[1])*(m[l[2]??``]??1)):/^\d{4}$/.test(s)?366:/^\d{4}-\d\d$/.test(s)?31:/spring|summer|autumn|fall|winter/.test(s)?92:s===`all_time`||s.startsWith(`since_`)?Math.max(1,i(n)):31},g=e=>e<=2?`hour`:e<=93?`day`:e<=731?`week`:e<=4392?`month`:`year`,_=e=>d.filter(t=>(t!==`hour`||e<=31)&&(e>=(m[t]??1)*1.5||t===g(e))),v=e=>{if(/^\d{4}$/.test(e))return String(Number(e)-1);let t=/^(\d{4})-(\d\d)$/.exec(e);return t?new Date(Date.UTC(Number(t[1]),Number(t[2])-2)).toISOString().slice(0,7):{today:`yesterday`,yesterday:`day_before_yesterday`,last_24_hours:`yesterday`,last_night:`day_before_yesterday_night`,this_week:`last_week`,last_week:`week_before_last`,this_month:`last_month`,last_month:`month_before_last`,this_year:`last_year`}[e]??null},y=e=>!!(e.start||e.end)||/^(last_year|all_time|\d{4}(-\d\d)?|.*_\d{4})$/.test(e.window),b=(e,t)=>{let[n=1970,r=1,i=1]=e.slice(0,10).split(`-`).map(Number),a=(e,t,n)=>new Date(Date.UTC(e,t-1,n)).toISOString().slice(0,10),o=a(n,r,i);switch(t){case`week`:return[o,a(n,r,i+6)];case`month`:return[o,a(n,r+1,0)];case`year`:return[o,a(n,12,31)];default:return[o,o]}},x=e=>{let t=Date.parse(`${e.slice(0,10)}T00:00Z`),n=e.slice(11,19)===`00:00:00`;return new Date(t-(n?f:0)).toISOString().slice(0,10)},S=class extends a{constructor(...e){super(...e),this.entries=[],this.of=`tracks`,this.by=`plays`,this.pickable=!1,this.numbered=!1}static{this.styles=[...a.styles,r`
      :host {
        display: block;
      }
      ol {
        list-style: none;
        margin: 0 -8px;
        padding: 0;
        display: grid;
        gap: 2px;
      }
      li {
        min-width: 0;
      }
      .row {
        position: relative;
        display: flex;
        align-items: center;
        gap: 12px;
        width: 100%;
        min-height: 52px;
        padding: 4px 8px;
        border-radius: 8px;
        text-align: start;
        overflow: hidden;
      }
      .row::before {
        content: "";
        position: absolute;
        inset-block: 0;
        inset-inline-start: 0;
        width: var(--share);
        background: var(--primary-color, #03a9f4);
        opacity: 0.1;
        border-radius: 8px;
        pointer-events: none;
      }
      button.row:hover {
        background: color-mix(in srgb, currentColor 5%, transparent);
      }
      button.row:focus-visible {
        outline-offset: -2px;
      }
      .row > * {
        position: relative;
      }
      .place {
        width: 20px;
        flex: none;
        text-align: end;
      }
      .sign {
        display: grid;
        place-items: center;
        width: 44px;
        height: 44px;
        flex: none;
        border-radius: 50%;
        background: color-mix(
          in srgb,
          var(--primary-color, #03a9f4) 16%,
          transparent
        );
      }
      .sign svg {
        fill: var(--primary-color, #03a9f4);
        width: 22px;
        height: 22px;
      }
      .what {
        flex: 1;
        min-width: 0;
      }
      .much {
        text-align: end;
        flex: none;
        white-space: nowrap;
      }
    `]}render(){let e=Math.max(1,...this.entries.map(e=>u(e,this.by)));return o`<ol>
      ${this.entries.map((t,n)=>{let r=`--share: ${(100*u(t,this.by)/e).toFixed(1)}%`,i=this.#e(t,n+1);return o`<li>
          ${this.pickable?o`<button
                  class="row"
                  style=${r}
                  @click=${()=>this.#t(t)}
                >
                  ${i}
                </button>`:o`<div class="row" style=${r}>${i}</div>`}
        </li>`})}
    </ol>`}#e(e,t){let n=this.say(`count_plays`,{number:c(this.hass,e.play_count),count:e.play_count}),r=l(this.hass,e.minutes),[a,u]=this.by===`plays`?[n,r]:[r,n],d=e.note??(e.artist===e.name?``:e.artist);return o`${this.numbered?o`<span class="place quiet number">${t}</span>`:i}${this.of===`rooms`?o`<span class="sign">${s(`room`)}</span>`:o`<encore-cover
              .hass=${this.hass}
              .uri=${e.uri}
              .artist=${this.of===`artists`||this.of===`albums`?e.artist:null}
              .album=${this.of===`albums`?e.name:null}
              .show=${this.of===`shows`?e.name:null}
              .name=${e.name}
              ?round=${this.of===`artists`}
            ></encore-cover>`}
      <div class="what">
        <div class="one-line" title=${e.name} dir="auto">
          ${e.name||`–`}
        </div>
        ${d?o`<div class="one-line quiet small" dir="auto">${d}</div>`:i}
      </div>
      <div class="much number">
        <div>${a}</div>
        <div class="quiet small">${u}</div>
      </div>`}#t(e){this.dispatchEvent(new CustomEvent(`picked`,{detail:e}))}};t([e({attribute:!1})],S.prototype,`entries`,void 0),t([e()],S.prototype,`of`,void 0),t([e()],S.prototype,`by`,void 0),t([e({type:Boolean})],S.prototype,`pickable`,void 0),t([e({type:Boolean})],S.prototype,`numbered`,void 0),S=t([n(`encore-ranking`)],S);var C=.05,w=e=>{let{name:t,start:n,coverage:r}=e.time_range,i=e.recorded_from;return 1-r>=C||t!==`all_time`&&!!i&&Date.parse(i)>Date.parse(n)};export{y as a,v as c,x as i,h as n,g as o,b as r,_ as s,w as t};