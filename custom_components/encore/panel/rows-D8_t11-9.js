import{p as e,s as t,u as n}from"./element-NA6gu5sY.js";import"./cover-Cq4EbCI0.js";var r=e`
  ol {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 4px;
  }
  li {
    position: relative;
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 48px;
    min-width: 0;
  }
  li .words {
    flex: 1;
    min-width: 0;
  }
  li .words a {
    color: inherit;
    text-decoration: none;
  }
  li .words a:hover {
    text-decoration: underline;
  }
  li .second {
    display: flex;
    gap: 8px;
    justify-content: space-between;
  }
  li .second .one-line {
    min-width: 0;
  }
  li .second .number {
    flex: none;
  }
  li .end {
    flex: none;
    max-width: 36%;
    text-align: end;
  }
  li .play {
    opacity: 0.75;
    margin-inline: -8px;
  }
  li .play:hover {
    opacity: 1;
  }
  @container (max-width: 240px) {
    li {
      gap: 8px;
    }
    li .place,
    li .play,
    li .media_next_track {
      display: none;
    }
    li .end .one-line {
      display: none;
    }
  }
`,i=(e,{uri:r=null,artist:i=null,src:a=null,name:o,more:s,amount:c,round:l=!1,link:u,below:d})=>n`<encore-cover
      .hass=${e}
      .uri=${r}
      .artist=${i}
      .src=${a}
      .name=${o}
      ?round=${l}
    ></encore-cover>
    <div class="words">
      <div class="one-line" dir="auto" title=${o}>
        ${u?.href?n`<a href=${u.href} @click=${u.follow}>${o}</a>`:o}
      </div>
      ${s||c?n`<div class="second quiet small">
              ${s?n`<span class="one-line" dir="auto" title=${s}
                      >${s}</span
                    >`:t}
              ${c?n`<span class="number">${c}</span>`:t}
            </div>`:t}
      ${d??t}
    </div>`;export{r as n,i as t};