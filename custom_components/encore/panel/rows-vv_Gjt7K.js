import{p as e,s as t,u as n}from"./element-KEvTEtVl.js";import"./cover-Cc4cHo_Q.js";import{E as r}from"./format-BsfNSj2c.js";var i=e`
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
  li .sign {
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
  li .sign svg {
    width: 22px;
    height: 22px;
    fill: var(--primary-color, #03a9f4);
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
`,a=(e,{uri:i=null,artist:a=null,album:o=null,show:s=null,sign:c,src:l=null,name:u,more:d,amount:f,round:p=!1,link:m,below:h})=>n`${c?n`<span class="sign">${r(c)}</span>`:n`<encore-cover
            .hass=${e}
            .uri=${i}
            .artist=${a}
            .album=${o}
            .show=${s}
            .src=${l}
            .name=${u}
            ?round=${p}
          ></encore-cover>`}
    <div class="words">
      <div class="one-line" dir="auto" title=${u}>
        ${m?.href?n`<a href=${m.href} @click=${m.follow}>${u}</a>`:u}
      </div>
      ${d||f?n`<div class="second quiet small">
              ${d?n`<span class="one-line" dir="auto" title=${d}
                      >${d}</span
                    >`:t}
              ${f?n`<span class="number">${f}</span>`:t}
            </div>`:t}
      ${h??t}
    </div>`;export{i as n,a as t};