import{C as e,D as t,a as n,h as r,r as i,u as a}from"./filters-BD6RcXjk.js";import"./figure-DEfdNfUh.js";import"./cover-DaikyJ9m.js";import{t as o}from"./view-BO8RbcmQ.js";var s=class extends o{constructor(...e){super(...e),this.words=`insights`,this.#e=new r(this,()=>({hass:this.hass,question:`top`,parameters:{...i(this.filters,`this_month`),of:`artists`,limit:10}}))}#e;render(){return t`<div class="grid">
      ${n(this.#e.state,e=>this.#t(e),{waiting:this.say(`waiting`)})}
    </div>`}#t(e){let n=t=>({grid:{left:8,right:24,top:4,bottom:4,containLabel:!0},xAxis:{type:`value`,splitLine:{lineStyle:{color:t.line}},axisLabel:{color:t.quiet}},yAxis:{type:`category`,inverse:!0,data:e.top.map(e=>e.name),axisLabel:{color:t.text,width:140,overflow:`truncate`},axisTick:{show:!1},axisLine:{show:!1}},series:[{type:`bar`,data:e.top.map(e=>e.plays),itemStyle:{color:t.primary,borderRadius:[0,4,4,0]}}],tooltip:{}});return t`<encore-figure
      .hass=${this.hass}
      heading=${this.say(`top_artists`)}
      caption=${e.speech}
      .columns=${[this.say(`name`),this.say(`plays`),this.say(`minutes`)]}
      .rows=${e.top.map(e=>[e.name,e.plays,e.minutes])}
      .card=${{type:`custom:encore-top-card`,of:`artists`,...i(this.filters,`this_month`)}}
    >
      <encore-chart
        .hass=${this.hass}
        label=${e.speech}
        .draw=${n}
        .height=${320}
      ></encore-chart>
    </encore-figure>`}};s=a([e(`encore-insights`)],s);export{s as Insights};