"""What programs put on the clipboard as HTML, much shortened; and what is to become of it. The words are made up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Copied:
    """`tidied` is the text as we keep it, `words` what is to be in it, in order."""

    markup: str
    tidied: str

    @property
    def words(self) -> list[str]:
        import re

        return re.findall(r"\w+", re.sub(r"<[^>]+>", " ", self.tidied))


WORD = Copied(
    """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {font-size:11.0pt;} --></style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head><body lang=EN-GB><!--StartFragment-->
<h1 style='mso-style-priority:9'><span lang=CY>Cefndir<o:p></o:p></span></h1>
<p class=MsoNormal><span lang=CY style='font-size:12.0pt;color:red'>Rydym yn <b style='mso-bidi-font-weight:normal'>darllen</b>
yn <i>wythnosol</i>&nbsp;gyda <st1:City w:st="on">Bangor</st1:City>.<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Un<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Dau <a href="https://example.org/a?b=1&amp;c=2">yma</a><o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal><!--[if gte vml 1]><v:shape><v:imagedata src="file:///C:/x.png"/></v:shape><![endif]--><![if !vml]><img
width=10 src="file:///C:/x.png" alt="Llun"><![endif]>Diwedd</p>
<!--EndFragment--></body></html>""",
    "<h3>Cefndir</h3>\n<p>Rydym yn <strong>darllen</strong> yn <em>wythnosol</em> gyda Bangor.</p>\n<ul><li>Un</li><li>Dau "
    '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">yma</a></li></ul>\n<p>Diwedd</p>',
)
LEVELS = Copied(
    """<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>Un</p>
<p class=MsoListParagraph style='mso-list:l1 level2 lfo2'><span style='mso-list:Ignore'>o<span>&nbsp; </span></span>Un a hanner</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>Dau</p>""",
    "<ol><li>Un\n<ul><li>Un a hanner</li></ul></li><li>Dau</li></ol>",
)
TABLE = Copied(
    """<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Tymor</b></p></td><td><p class=MsoNormal>Staff</p></td></tr>
<tr><td><p>Hydref</p></td><td><p>12</p></td></tr><tr><td colspan=2><p>Un.</p><p>Dau.</p></td></tr></table>""",
    "<p><strong>Tymor</strong> – Staff</p>\n<p>Hydref – 12</p>\n<p>Un.</p>\n<p>Dau.</p>",
)
NOTES = Copied(
    """<p class=MsoNormal>Testun<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span
class=MsoFootnoteReference>[1]</span></a> a mwy<a class=msocomanchor id="_anchor_1" href="#_msocom_1">[NP1]</a>.</p>
<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>[1] Y nodyn.</p></div></div>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>Cuddiedig</p></div></div>""",
    "<p>Testun[1] a mwy.</p>\n<p>[1] Y nodyn.</p>",
)
CHANGES = Copied(
    """<p>Cyn <span class=msoDel><del cite="mailto:Nia" datetime="2026-01-02T10:00">hen</del></span><span class=msoIns><ins
cite="mailto:Nia" datetime="2026-01-02T10:00">newydd</ins></span> wedyn <s>croes</s></p>""",
    "<p>Cyn newydd wedyn croes</p>",
)
OUTLOOK = Copied(
    """<div class="WordSection1"><div>Annwyl bawb,<br><br>Dyma'r stori.<br>Ail linell</div><blockquote type="cite"
style="margin-left:5pt"><div>Dyfyniad</div></blockquote></div>""",
    "<p>Annwyl bawb,</p>\n<p>Dyma'r stori.<br>Ail linell</p>\n<blockquote><p>Dyfyniad</p></blockquote>",
)
GOOGLE = Copied(
    """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span
style="font-size:16pt;font-weight:400">Effaith</span></h2><p dir="ltr"><span style="font-weight:400">Mae’r </span><span
style="font-weight:700;font-style:italic">staff</span><span style="font-weight:400"> yn hapus</span></p><ul><li dir="ltr"
aria-level="1"><p role="presentation"><span>Un</span></p></li><ul><li aria-level="2"><p><span>Dau</span></p></li></ul></ul></b>""",
    "<h3>Effaith</h3>\n<p>Mae’r <strong><em>staff</em></strong> yn hapus</p>\n<ul><li>Un\n<ul><li>Dau</li></ul></li></ul>",
)
LIBREOFFICE = Copied(
    """<h4 class="western">Rhannu</h4><p style="margin-bottom: 0cm"><font face="Liberation Serif"><b>Pawb</b></font> ynghyd</p>
<ol><li><p style="margin-bottom: 0cm">Un</p></li><li><p>Dau</p><p>eto</p></li></ol><p><br/></p>""",
    "<h3>Rhannu</h3>\n<p><strong>Pawb</strong> ynghyd</p>\n<ol><li>Un</li><li>Dau<br>eto</li></ol>",
)
ALL = {
    "Word": WORD, "levels of a list": LEVELS, "a table": TABLE, "notes and comments": NOTES, "tracked changes": CHANGES,
    "Outlook": OUTLOOK, "Google Docs": GOOGLE, "LibreOffice": LIBREOFFICE,
}  # fmt: skip
