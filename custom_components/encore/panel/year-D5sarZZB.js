import{a as e,i as t,n,o as r,p as i,r as a,s as o,u as s}from"./element-KEvTEtVl.js";import{t as c}from"./query-DDQkTGvL.js";import{s as l,t as u}from"./requests-BOXeojnY.js";import{C as d,E as f,T as p,_ as m,c as h,d as g,h as _,l as v,n as ee,o as y,p as b,s as x,w as S,x as C,y as te}from"./format-BsfNSj2c.js";import{t as w}from"./view-COxXq5bq.js";import{r as ne,t as re}from"./timeline-Unq7gj6y.js";import{t as T}from"./calm-CfW0WovY.js";import{n as E,t as ie}from"./chart-Cy8lXmM_.js";import{n as D,t as O}from"./cover-Cc4cHo_Q.js";import{t as k}from"./figure-oY6swpe9.js";import{i as A,n as ae,o as oe,t as se}from"./at_least-CLI6AVFE.js";import"./dialog-_EHXyLTX.js";import{n as j}from"./amount-CTaw3joZ.js";var ce=/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g,le=/\p{L}/u,ue=/\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}|\p{Script=Adlam}/u,M=e=>e.replace(ce,` `).replace(/\s+/g,` `).trim(),de=e=>{let t=le.exec(e)?.[0];return t&&ue.test(t)?`rtl`:`ltr`},fe=(e,t,n)=>{let r=M(e);if(n(r)<=t)return r;let i=[...new Intl.Segmenter(void 0,{granularity:`grapheme`}).segment(r)].map(({segment:e})=>e),[a,o]=[0,i.length],s=e=>`${i.slice(0,e).join(``).trimEnd()}…`;for(;o-a>1;){let e=a+o>>1;n(s(e))<=t?a=e:o=e}return s(a)},N=1080,P=1350,F=60,I=960,L=424,R=(e,t,n,r)=>{let i=`${r}, "Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji"`,a=(t,n,r,a)=>{e.font=`${a.weight??400} ${a.size}px ${i}`,e.fillStyle=a.colour,e.textAlign=a.align??`left`,e.direction=de(t),e.fillText(fe(t,a.room,t=>e.measureText(t).width),n,r)},o=(t,n,r,i,a)=>{e.beginPath(),e.roundRect(t,n,r,i,a)};e.textBaseline=`alphabetic`,e.fillStyle=n.surface,e.fillRect(0,0,N,P),(()=>{let r=z(n.primary),o=e.createLinearGradient(0,0,N,L);o.addColorStop(0,r),o.addColorStop(1,E(r,`#000`,.66)),e.fillStyle=o,e.fillRect(0,0,N,L),e.fillStyle=`rgba(255,255,255,0.07)`;for(let[t,n,r]of[[960,40,250],[820,330,150]])e.beginPath(),e.arc(t,n,r,0,2*Math.PI),e.fill();let s=`#fff`;a(t.owner,F,86,{size:34,colour:`rgba(255,255,255,0.85)`,room:I});let c=170,l=M(t.title),u=()=>(e.font=`700 ${c}px ${i}`,e.measureText(l).width>I);for(;c>56&&u();)c-=6;a(l,F-c*.04,176+c*.36,{size:c,weight:700,colour:s,room:I}),a(t.numbers,F,308,{size:36,colour:s,room:I})})(),t.covers.length&&(n=>{t.covers.slice(0,5).forEach(({name:t,picture:r},i)=>{let s=F+i*196;e.save(),e.shadowColor=`rgba(0,0,0,0.35)`,e.shadowBlur=18,e.shadowOffsetY=6,e.fillStyle=`hsl(${O(t)} 38% 46%)`,o(s,n,176,176,16),e.fill(),e.restore(),e.save(),o(s,n,176,176,16),e.clip(),r?e.drawImage(r,s,n,176,176):a([...M(t)][0]??``,s+88,460,{size:80,weight:500,colour:`rgba(255,255,255,0.85)`,room:176,align:`center`}),e.restore()})})(344),(e=>{let r=t.lists.filter(e=>e.entries.length).slice(0,2),i=r.length>1?456:I;r.forEach((t,r)=>{let o=F+r*(i+48);a(t.heading,o,e,{size:26,colour:n.quiet,weight:500,room:i}),t.entries.slice(0,5).forEach((e,t)=>{let r=636+t*68;a(String(t+1),o,r+12,{size:36,weight:700,colour:n.primary,room:44}),a(e.name,o+44,r,{size:29,weight:500,colour:n.text,room:i-44}),a(e.more,o+44,r+29,{size:21,colour:n.quiet,room:i-44})})})})(586),((r,s)=>{let{bars:c}=t,l=Math.max(...c.map(e=>e.amount),1),u=I/Math.max(1,c.length);e.font=`400 20px ${i}`;let d=Math.max(...c.map(({label:t})=>e.measureText(t).width),0),f=Math.max(0,(d-u)/2),p=Math.max(1,Math.ceil((d+f+18)/u)),m=e=>Math.min(Math.max(e,F+d/2),1020-d/2);c.forEach(({label:t,amount:r},i)=>{let c=F+i*u,f=Math.max(1,Math.min(64,u*.72)),h=r?Math.max(4,r/l*s):2;e.fillStyle=r?E(n.primary,n.surface,r===l?1:.45+r/l*.35):n.line,o(c+(u-f)/2,1082-h,f,h,Math.min(8,f/3)),e.fill(),i%p===0&&a(t,m(c+u/2),1112,{size:20,colour:n.quiet,room:d+1,align:`center`})})})(966,116),(r=>{let i=t.facts.slice(0,4),s=(I-(i.length-1)*16)/Math.max(1,i.length);i.forEach(({label:t,value:i},c)=>{let l=F+c*(s+16);e.fillStyle=E(n.primary,n.surface,.1),o(l,r,s,112,16),e.fill(),a(i,l+20,1202,{size:32,weight:500,colour:n.text,room:s-40}),a(t,l+20,1236,{size:20,colour:n.quiet,room:s-40})})})(1148),a(t.foot,F,1312,{size:22,colour:n.quiet,room:760}),a(t.made,1020,1312,{size:22,colour:n.quiet,weight:500,room:190,align:`right`})},z=e=>{for(let t=1;t>.2;t-=.05){let n=E(e,`#000`,t);if(1.05/(B(n)+.05)>=4.5)return n}return E(e,`#000`,.2)},B=e=>{let[t=0,n=0,r=0]=(e.match(/\d+/g)??[]).map(e=>{let t=Number(e)/255;return t<=.04045?t/12.92:((t+.055)/1.055)**2.4});return .2126*t+.7152*n+.0722*r},V=(e,t)=>_(e,t,`day`),H=(e,t,n)=>{let{name:r,start:i,end:a}=n.time_range;if(n.year!==null)return String(n.year);let o=r&&t(`window_${r}`);if(o&&o!==`window_${r}`)return o;let s=V(e,i.slice(0,10)),c=V(e,A(a));return s===c?s:t(`from_until`,{from:s,until:c})},U=(e,t,n)=>{let r=x(e,n.total.minutes);return se(n)?t(`at_least_so_long`,{time:r}):r},W=(e,t,n)=>{let{before:r,changePercent:i}=n;if(!r||i===null)return``;let a=h(e,Math.abs(i)/100),o=i>0?`more`:i<0?`less`:`same`;if(n.year!==null)return t(`${o}_than_${r.end.slice(0,4)===r.start.slice(0,4)?`so_far_in`:`in`}`,{percent:a,year:String(n.year-1)});let s=V(e,r.start.slice(0,10)),c=V(e,A(r.end));return t(`${o}_than`,{percent:a,from:s,until:c})},G=(e,t,n)=>{let{biggestDay:r,streak:i,session:a,firstPlay:o,repeated:s,newFavourite:c}=n;return[r&&{label:t(`biggest_day`),value:V(e,r.date),more:t(`plays_and_time`,{plays:j(e,r.play_count,`plays`),time:x(e,r.minutes)})},i&&{label:t(`longest_streak`),value:t(`days`,{number:y(e,i.days),count:i.days}),more:i.days>1?t(`from_until`,{from:V(e,i.first),until:V(e,i.last)}):V(e,i.first)},a&&{label:t(`longest_session`),value:x(e,a.minutes),more:t(`day_from_until`,{day:b(e,a.start),from:m(e,a.start),until:m(e,a.end)})},{label:t(`new_artists`),value:y(e,n.newArtists),...c?{more:t(`most_of_all`,{name:v(c.name)}),of:{name:c.name,uri:null,artist:c.name}}:{}},o&&{label:t(`first_play`),value:o.title,more:t(`by_on`,{artist:v(o.artists.join(`, `)),day:b(e,o.started_at),time:m(e,o.started_at)}),of:{name:o.title,uri:o.uri,artist:null}},s&&{label:t(`repeated`),value:s.name,more:t(`plays_on`,{plays:j(e,s.play_count,`plays`),day:V(e,s.date)}),of:{name:s.name,uri:s.uri,artist:null}},{label:t(`days_with_plays`),value:y(e,n.days),more:t(`a_day`,{time:x(e,n.total.minutes/Math.max(1,n.days))})},n.knownYears===null||n.knownYears<.05?null:{label:t(`known_for`),value:t(`years`,{number:y(e,n.knownYears,1),count:n.knownYears}),more:t(`known_for_more`)}].filter(e=>e!==null)},pe=(e,t,n,r)=>{let i=n=>(n??[]).map(n=>({name:n.name,more:n.artist===n.name?t(`plays_and_time`,{plays:j(e,n.play_count,`plays`),time:x(e,n.minutes)}):t(`artist_and_plays`,{artist:n.artist,plays:j(e,n.play_count,`plays`)})})),{artists:a,tracks:o,shows:s,rooms:c}=n.top,l=[{heading:t(`top_artists`),entries:i(a)},{heading:t(`top_tracks`),entries:i(o)},{heading:t(`top_shows`),entries:i(s)},{heading:t(`top_rooms`),entries:i(c)}];return{owner:r,title:H(e,t,n),numbers:t(`numbers`,{time:U(e,t,n),plays:j(e,n.total.play_count,`plays`),artists:t(`count_artists`,{number:y(e,n.different.artists??0),count:n.different.artists??0})}),lists:l,bars:n.steps.map(t=>({label:n.step===`month`&&n.year!==null?g(e,Number(t.start.slice(5,7)),`short`):_(e,t.start,n.step),amount:t.play_count})),facts:G(e,t,n),foot:W(e,t,n),made:t(`made_with`)}},me=8e3,K=class extends T{constructor(...e){super(...e),this.owner=``,this._address=``,this._refused=``,this.words=`year`}static{this.styles=[...T.styles,a,i`
      img {
        display: block;
        width: 100%;
        max-width: 420px;
        margin: 0 auto;
        border-radius: 12px;
        aspect-ratio: 4 / 5;
      }
      .waiting {
        min-height: 420px;
        align-content: start;
      }
      .button {
        min-height: 40px;
      }
    `]}#e;disconnectedCallback(){super.disconnectedCallback(),this._address&&URL.revokeObjectURL(this._address)}firstUpdated(){this.#t()}async#t(){try{let[e,t]=[this.review.top.tracks,this.review.top.shows],n=(e?.length?e:t??[]).slice(0,5),r=getComputedStyle(this._dialog).fontFamily,i=await Promise.all(n.map(async({name:e,uri:t})=>({name:e,picture:t?await this.#n(t):null})));await Promise.all([400,500,700].map(e=>document.fonts.load(`${e} 40px ${r}`).catch(()=>[])));let a=document.createElement(`canvas`);[a.width,a.height]=[N,P];let o=a.getContext(`2d`);if(!o)throw Error(this.say(`cannot_paint`));let s=pe(this.hass,(e,t)=>this.say(e,t),this.review,this.owner);R(o,{...s,covers:i},ie(this._dialog),r);let c=await new Promise(e=>a.toBlob(e,`image/png`));if(!c)throw Error(this.say(`cannot_paint`));let l=`encore-${s.title.replace(/[^\p{L}\p{N}]+/gu,`-`)}.png`;this.#e=new File([c],l,{type:`image/png`}),this.isConnected&&(this._address=URL.createObjectURL(c))}catch(e){this._refused=l(e)}}async#n(e){let t=new Promise(e=>setTimeout(()=>e(null),me)),n=await Promise.race([D(this.hass,{uri:e}),t]);if(!n?.startsWith(`blob:`))return null;let r=new Image;return r.src=n,r.decode().then(()=>r,()=>null)}render(){let e=this.#e;return s`<encore-dialog
      .hass=${this.hass}
      heading=${this.say(`as_picture_heading`)}
      @closed=${()=>this.dispatchEvent(new Event(`closed`))}
    >
      ${this._refused?d(`warning`,this._refused):this._address?s`<img src=${this._address} alt=${this.review.speech} />`:p(this.say(`painting`),6)}
      ${e&&he(e)?s`<button
              slot="actions"
              class="button"
              @click=${()=>this.#r(e)}
            >
              ${f(`upload`)}${this.say(`share`)}
            </button>`:o}
      <button
        slot="actions"
        class="button main"
        ?disabled=${!this._address}
        @click=${()=>e&&k(e.name,e)}
      >
        ${f(`download`)}${this.say(`save`)}
      </button>
    </encore-dialog>`}async#r(e){try{await navigator.share({files:[e],title:e.name})}catch(e){e instanceof DOMException&&e.name===`AbortError`||(this._refused=l(e))}}};n([e({attribute:!1})],K.prototype,`review`,void 0),n([e()],K.prototype,`owner`,void 0),n([t()],K.prototype,`_address`,void 0),n([t()],K.prototype,`_refused`,void 0),n([c(`encore-dialog`)],K.prototype,`_dialog`,void 0),K=n([r(`encore-year-picture`)],K);var he=e=>`share`in navigator&&!!navigator.canShare?.({files:[e]}),ge=i`
  :host {
    display: block;
  }
  .stale {
    opacity: 0.6;
    transition: opacity 0.2s;
  }
  .hero {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 24px 40px;
    align-items: center;
    padding: 32px 40px;
    margin-bottom: 16px;
    border-radius: var(--encore-radius);
    color: #fff;
    overflow: hidden;
    background: linear-gradient(
      120deg,
      color-mix(in srgb, var(--primary-color, #03a9f4) 58%, #000),
      color-mix(in srgb, var(--primary-color, #03a9f4) 38%, #000)
    );
  }
  .hero h2 {
    font-size: clamp(64px, 10vw, 128px);
    font-weight: 700;
    line-height: 1.05;
    letter-spacing: -0.03em;
  }
  .hero h2.long {
    font-size: clamp(32px, 5vw, 64px);
    letter-spacing: -0.01em;
    padding: 8px 0;
  }
  .hero dl {
    display: flex;
    flex-wrap: wrap;
    gap: 12px 32px;
    margin: 20px 0;
  }
  .hero dl div {
    display: flex;
    flex-direction: column-reverse;
  }
  .hero dd {
    margin: 0;
    font-size: 28px;
    line-height: 1.2;
  }
  .hero .button {
    color: #fff;
    border-color: rgb(255 255 255 / 60%);
    min-height: 40px;
  }
  .hero .button:focus-visible {
    outline-color: #fff;
  }
  .covers {
    display: grid;
    grid-template-columns: repeat(6, 60px);
    gap: 12px;
    --encore-cover: 100%;
    --encore-cover-radius: 10px;
  }
  .covers > * {
    grid-column: span 2;
    aspect-ratio: 1;
    height: auto;
    box-shadow: 0 4px 16px rgb(0 0 0 / 35%);
  }
  .covers > :nth-child(-n + 2) {
    grid-column: span 3;
  }
  .tops {
    display: grid;
    gap: 16px;
    margin-top: 16px;
    grid-template-columns: minmax(0, 1fr);
  }
  @media (min-width: 900px) {
    .tops {
      grid-template-columns: repeat(6, minmax(0, 1fr));
    }
    .tops > * {
      grid-column: span 2;
    }
    .tops.n1 > * {
      grid-column: 1 / -1;
    }
    .tops:is(.n2, .n4) > *,
    .tops.n5 > :nth-child(n + 4) {
      grid-column: span 3;
    }
  }
  .large {
    --encore-cover: 56px;
  }
  .months {
    list-style: none;
    margin: 16px 0 0;
    padding: 0;
    display: grid;
    gap: 12px 24px;
    grid-template-columns: repeat(auto-fill, minmax(min(230px, 100%), 1fr));
  }
  .months li {
    display: flex;
    align-items: center;
    gap: 12px;
    min-width: 0;
  }
  .months li > div {
    min-width: 0;
  }
  .heading {
    margin: 24px 0 12px;
  }
  .facts {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 16px;
    grid-template-columns: repeat(auto-fill, minmax(min(260px, 100%), 1fr));
  }
  .facts li {
    display: flex;
    align-items: center;
    gap: 14px;
    padding: 16px;
    min-width: 0;
    --encore-cover: 56px;
  }
  .facts li > div {
    min-width: 0;
    flex: 1;
  }
  .facts .value {
    font-size: var(--ha-font-size-xl, 20px);
    line-height: 1.3;
    overflow-wrap: anywhere;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
  }
  .facts .small {
    overflow-wrap: anywhere;
  }
  @media (max-width: 700px) {
    .hero {
      grid-template-columns: minmax(0, 1fr);
      padding: 24px 20px;
    }
    .hero dl {
      gap: 12px 24px;
    }
    .hero dd {
      font-size: 22px;
    }
    .covers {
      grid-template-columns: repeat(5, minmax(0, 1fr));
      gap: 8px;
      order: -1;
    }
    .covers > *,
    .covers > :nth-child(-n + 2) {
      grid-column: auto;
    }
  }
`,_e=e=>Array.from({length:12},(t,n)=>{let r=`${e.year}-${String(n+1).padStart(2,`0`)}`,i=e.months.find(e=>e.month===r);return{start:r,play_count:i?.play_count??0,minutes:i?.minutes??0,track:i?.top_track??null}}),ve=e=>({...e,step:`month`,steps:_e(e),biggestDay:e.biggest_day,streak:e.longest_streak,session:e.longest_session,firstPlay:e.first_play,repeated:e.most_repeated_in_a_day,newArtists:e.new_artists,newFavourite:e.new_favorite,knownYears:e.favorites_known_years,before:e.before.play_count?e.before:null,changePercent:e.change_percent}),ye=({taste:e,time:t,timeline:n,streaks:r,sessions:i,discoveries:a},o=new Date)=>({...e,total:t.total,speech:e.speech,year:null,step:n.step,steps:ne(n,{now:o}),biggestDay:t.longest_day,streak:r.streaks[0]??null,session:i.longest,firstPlay:null,repeated:null,newArtists:a.new,newFavourite:a.discoveries[0]??null,knownYears:null,before:e.before?.play_count?e.before:null,changePercent:e.change_percent}),q=5,J=[`artists`,`tracks`,`albums`,`shows`,`rooms`],Y=class extends T{constructor(...e){super(...e),this.year=0,this.narrow=!1,this._picture=!1,this.words=`year`,this.#e=new u(this,()=>this.year?{hass:this.hass,question:`get_year_in_review`,parameters:{...C(this.filters),year:this.year,limit:q}}:null),this.#t=this.#s(`get_taste`,{limit:q}),this.#n=this.#s(`get_listening_time`),this.#r=this.#s(`get_streaks`,{limit:1}),this.#i=this.#s(`get_sessions`,{limit:1}),this.#a=this.#s(`get_discoveries`,{of:`artists`,limit:1}),this.#o=new u(this,()=>this.year?null:{hass:this.hass,question:`get_timeline`,parameters:{...C(this.filters),step:oe(ae(this.filters,``,this.names.recorded_from,new Date)),limit:1e3}}),this.#c=(e,t)=>this.say(e,t)}static{this.styles=[...T.styles,a,ge]}#e;#t;#n;#r;#i;#a;#o;#s(e,t={}){return new u(this,()=>this.year?null:{hass:this.hass,question:e,parameters:{...C(this.filters),...t}})}#c;get#l(){return this.year?[this.#e]:[this.#t,this.#n,this.#o,this.#r,this.#i,this.#a]}get#u(){let e=this.#l.find(e=>e.state.is===`refused`);if(e?.state.is===`refused`)return e.state;let t=this.#e.answer;if(this.year)return t?{is:`answered`,answer:ve(t)}:{is:`asking`};let[n,r,i,a,o,s]=[this.#t.answer,this.#n.answer,this.#o.answer,this.#r.answer,this.#i.answer,this.#a.answer];return!n||!r||!i||!a||!o||!s?{is:`asking`}:{is:`answered`,answer:ye({taste:n,time:r,timeline:i,streaks:a,sessions:o,discoveries:s})}}render(){let e=this.#l.some(e=>e.stale);return s`<div class=${e?`stale`:``} aria-busy=${e}>
      ${S(this.#u,e=>this.#d(e),{waiting:this.say(`waiting`),lines:10})}
    </div>`}#d(e){return e.total.play_count?s`${this.#p(e)} ${this.#m(e)}
      <div class="tops n${J.filter(t=>e.top[t]?.length).length}">
        ${J.map(t=>this.#g(e,t))}
      </div>
      <h2 class="heading">${this.say(`worth_telling`)}</h2>
      <ul class="facts">
        ${G(this.hass,this.#c,e).map(e=>s`<li class="surface">
              ${e.of?s`<encore-cover
                      .hass=${this.hass}
                      .uri=${e.of.uri}
                      .artist=${e.of.artist}
                      .name=${e.of.name}
                      ?round=${!!e.of.artist}
                    ></encore-cover>`:o}
              <div>
                <div class="quiet small">${e.label}</div>
                <div class="value" dir="auto">${e.value}</div>
                ${e.more?s`<div class="quiet small" dir="auto">
                        ${e.more}
                      </div>`:o}
              </div>
            </li>`)}
      </ul>
      ${this._picture?s`<encore-year-picture
              .hass=${this.hass}
              .review=${e}
              .owner=${this.#f()}
              @closed=${()=>this._picture=!1}
            ></encore-year-picture>`:o}`:d(`music`,this.say(`nothing_here`),e.speech)}#f(){let{listener:e,room:t,kind:n}=this.filters,r=[t,n&&this.say(`kind_${n}`)].filter(Boolean);return[e?this.say(`music_of`,{listener:e}):this.say(`music_of_house`),...r].join(` · `)}#p(e){let{hass:t}=this,{different:n}=e,r=X(e.top.tracks??e.top.shows??[]),i=[[U(t,this.#c,e),this.say(`of_listening`)],[y(t,e.total.play_count),this.say(`plays`,{count:e.total.play_count})],[y(t,n.artists??0),this.say(`of_artists`,{count:n.artists??0})],[y(t,n.tracks??0),this.say(`of_tracks`,{count:n.tracks??0})]],a=H(t,this.#c,e);return s`<section class="hero" aria-label=${a}>
      <div class="about">
        <p>${this.#f()}</p>
        <h2 class=${a.length>8?`long`:``} dir="auto">${a}</h2>
        <p class="change">${W(t,this.#c,e)}</p>
        <dl>
          ${i.map(([e,t])=>s`<div>
                <dt>${t}</dt>
                <dd class="number">${e}</dd>
              </div>`)}
        </dl>
        <button class="button" @click=${()=>this._picture=!0}>
          ${f(`download`)}${this.say(`as_one_picture`)}
        </button>
      </div>
      <div class="covers" aria-hidden="true">
        ${r.map(e=>s`<encore-cover
              .hass=${t}
              .uri=${e.uri}
              .name=${e.name}
            ></encore-cover>`)}
      </div>
    </section>`}#m(e){let{hass:t}=this,{steps:n,step:r}=e,i={...e,steps:n,by:`plays`},a=r===`month`&&e.year!==null,c=n.some(e=>e.track);return s`<encore-figure
      .hass=${t}
      heading=${this.say(a?`months`:`how_it_went`)}
      .columns=${[this.say(r),this.say(`plays_column`),this.say(`minutes`),...c?[this.say(`top_track`),this.say(`artist`)]:[]]}
      .rows=${n.map(e=>[a?g(t,Number(e.start.slice(5,7))):_(t,e.start,r,`long`),e.play_count,e.minutes,...c?[e.track?.name??null,e.track?.artist??null]:[]])}
      .card=${{type:`custom:encore-timeline-card`,...C(this.filters,this.year?String(this.year):``),step:r}}
      file="encore-${H(t,this.#c,e)}"
    >
      <encore-chart
        .hass=${t}
        label=${e.speech}
        .height=${this.narrow?200:240}
        .draw=${re(t,i,{by:`plays`,steps:n})}
      ></encore-chart>
      ${c?this.#h(e):o}
    </encore-figure>`}#h(e){return s`<ol class="months">
      ${e.steps.map(e=>e.track?s`<li>
              <encore-cover
                .hass=${this.hass}
                .uri=${e.track.uri}
                .name=${e.track.name}
              ></encore-cover>
              <div>
                <div class="quiet small">
                  ${g(this.hass,Number(e.start.slice(5,7)))},
                  ${x(this.hass,e.minutes)}
                </div>
                <div class="one-line" dir="auto" title=${e.track.name}>
                  ${e.track.name}
                </div>
                <div class="one-line quiet small" dir="auto">
                  ${e.track.artist}
                </div>
              </div>
            </li>`:o)}
    </ol>`}#g(e,t){let n=e.top[t]?.slice(0,q);if(!n?.length)return o;let r=e.different[t];return s`<encore-figure
      .hass=${this.hass}
      heading=${this.say(`top_${t}`)}
      caption=${r&&r>n.length?this.say(`of_all_${t}`,{number:y(this.hass,r)}):``}
      .columns=${[this.say(`name`),this.say(`artist`),this.say(`plays_column`),this.say(`minutes`)]}
      .rows=${n.map(e=>[e.name,e.artist,e.play_count,e.minutes])}
      .card=${{type:`custom:encore-top-card`,...C(this.filters,this.year?String(this.year):``),of:t}}
      file="encore-top-${t}"
    >
      <encore-ranking
        class="large"
        .hass=${this.hass}
        .entries=${n}
        .of=${t}
        numbered
      ></encore-ranking>
    </encore-figure>`}};n([e({attribute:!1})],Y.prototype,`names`,void 0),n([e({attribute:!1})],Y.prototype,`filters`,void 0),n([e({type:Number})],Y.prototype,`year`,void 0),n([e({type:Boolean,reflect:!0})],Y.prototype,`narrow`,void 0),n([t()],Y.prototype,`_picture`,void 0),Y=n([r(`encore-year-review`)],Y);var X=e=>{let t=e.filter(({artist:t},n)=>e.findIndex(e=>e.artist===t)===n),n=e.filter(e=>!t.includes(e));return[...t,...n].slice(0,q)},Z=[`this_month`,`last_month`,`last_90_days`,`spring`,`summer`,`autumn`,`winter`,`all_time`],Q=`between`,$=class extends w{constructor(...e){super(...e),this.words=`year`,this._between=!1,this.#t=new u(this,()=>({hass:this.hass,question:`get_timeline`,parameters:{...C(this.#e,`all_time`),step:`year`,limit:200}}))}static{this.styles=[...w.styles,i`
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        margin-bottom: 16px;
      }
      .years {
        display: flex;
        gap: 8px;
        overflow-x: auto;
        scrollbar-width: thin;
        max-width: 100%;
        padding: 2px;
      }
      .years button {
        min-height: 40px;
        background: var(--encore-surface);
        flex: none;
      }
      .years button[aria-pressed="true"] {
        background: var(--encore-strong);
        color: var(--text-primary-color, #fff);
        border-color: transparent;
      }
      select,
      input {
        border-radius: 20px;
        min-height: 40px;
      }
      select.chosen {
        border-color: var(--primary-color, #03a9f4);
      }
    `]}get#e(){let{listener:e,room:t,kind:n}=this.filters;return{...te,listener:e,room:t,kind:n}}#t;render(){return S(this.#t.state,e=>this.#n(e),{waiting:this.say(`waiting`),lines:10})}#n({steps:e,speech:t}){let n=e.map(e=>Number(e.start)).reverse();if(!n.length)return this.names.recorded_from?d(`music`,this.say(`nothing_here`),t):d(`music`,this.say(`nothing_yet`),s`${this.say(`nothing_yet_more`)} ${this.importOffer()}`);let r=this.query.get(`time`)??``,i=this.query.get(`from`)??``,a=this.query.get(`until`)??``,c=!r&&!i&&!a&&!this._between,l=c?Number(this.query.get(`year`))||be(n,ee(this.hass,new Date)):0,u={...this.#e,window:r,start:i,end:a},f=this._between||!!(i||a);return s`<form @submit=${e=>e.preventDefault()}>
        <div class="years" role="group" aria-label=${this.say(`years_heard`)}>
          ${[...new Set(l?[...n,l]:n)].sort((e,t)=>t-e).map(e=>s`<button
                  type="button"
                  class="button"
                  aria-pressed=${e===l}
                  @click=${()=>this.#o({year:String(e)})}
                >
                  ${e}
                </button>`)}
        </div>
        <label
          ><span class="unseen">${this.say(`another_time`)}</span>
          <select
            class=${c?``:`chosen`}
            @change=${e=>this.#a(e.target.value)}
          >
            <option value="" .selected=${c}>
              ${this.say(`another_time`)}
            </option>
            ${[...new Set(r?[...Z,r]:Z)].map(e=>s`<option value=${e} .selected=${e===r}>
                  ${this.#i(e)}
                </option>`)}
            <option value=${Q} .selected=${f}>
              ${this.say(`window_between`)}
            </option>
          </select></label
        >
        ${f?this.#r(i,a):o}
      </form>
      ${f&&!i&&!a?d(`chart`,this.say(`choose_days`)):s`<encore-year-review
              .hass=${this.hass}
              .names=${this.names}
              .filters=${u}
              .year=${l}
              .narrow=${this.narrow}
            ></encore-year-review>`}`}#r(e,t){let n=(n,r)=>s`<label
        ><span class="unseen">${this.say(n)}</span
        ><input
          type="date"
          .value=${r}
          @change=${r=>this.#o({from:e,until:t,[n]:r.target.value})}
      /></label>`;return s`${n(`from`,e)} ${n(`until`,t)}`}#i(e){let t=this.say(`window_${e}`);return t===`window_${e}`?e.replaceAll(`_`,` `):t}#a(e){this._between=e===Q,this._between||this.#o({time:e})}#o(e){`from`in e||(this._between=!1),this.go({more:e,replace:!0})}};n([t()],$.prototype,`_between`,void 0),$=n([r(`encore-year`)],$);var be=(e,t)=>{let[n=0,r]=t.split(`-`).map(Number);return r===1&&e.includes(n-1)?n-1:e[0]??n};export{$ as YearPage};