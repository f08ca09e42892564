"""Phrases that mark a line as page furniture, with the kind of cut each one is.

Hand-written from the wording that publishing systems share; rules are tried in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Furniture:
    """A rule that took a line for page furniture.

    `ends_text` marks furniture that stands behind a dispatch: what follows is rarely part of it.
    """

    kind: str
    reason: str
    ends_text: bool = False


# (kind, reason, ends_text, longest line in characters, pattern matched at the start of the line)
_RULES: tuple[tuple[str, str, bool, int, str], ...] = (
    (
        "advert",
        "advertisement marker",
        False,
        40,
        r"(?:\W*)(?:adverti[sz]e?ments?|advertorial|publicidade?|publicidad|werbung|anzeige|pubblicità|"
        r"publicité|reklama|реклама|story continues(?: below)?(?: advertisement)?|article continues below.*|"
        r"scroll to continue.*|continue reading(?: the main story| below)?|sponsored(?: content)?|promoted.*|"
        r"ad|supported by|loading\.*|scroll down .*)\W*$",
    ),
    (
        "copyright",
        "copyright notice",
        True,
        1200,
        r"\W*(?:(?:content |material |text )?copyright\b|copyrighted|©|\(c\)\s+\S|ⓒ|all rights reserved|tous droits|todos los derechos|"
        r"alle rechte|tutti i diritti|todos os direitos|(?:the )?(?:reproduction|republication) of|"
        r"no part of this (?:page|article|publication|material)|this material may not be)",
    ),
    (
        "copyright",
        "copyright notice",
        True,
        600,
        r".{0,200}(?:all rights reserved|may not be (?:published|reproduced))",
    ),
    (
        "comments",
        "comment section",
        True,
        140,
        r"\W*(?:(?:top|best|latest|recent|most|all|view|read|show|see|load|join|post|add|leave|write|reader|user|\d+)\W+)*"
        r"(?:rated |a |an |your |the |more |all |\d+ )*(?:comments?|repl(?:y|ies)|discussion|conversation)\b"
        r"(?:\W|\d|on|for|rules|policy|below|are closed|section|now|cancel|guidelines|comment)*$",
    ),
    (
        "comments",
        "comment section",
        True,
        160,
        r"(?:\W*)(?:leave a (?:reply|comment)|lascia un commento|laisser un commentaire|deja un comentario|deixe (?:um|seu)|"
        r"schreibe einen kommentar|kommentare?\b|comentarios?\b|commentaires?\b|commenti\b|dodaj komentarz|your email address will|"
        r"you must be (?:logged|signed) in|please (?:log|sign) in to|notify me of|log ?in to (?:comment|reply)|"
        r"what do you think\?|as you comment|we invite you to use our comment|have your say|sort by\b)",
    ),
    (
        "teaser",
        "related links heading",
        True,
        110,
        r"\W*(?:(?:more|other|also|further)\s+(?:from|on|in|stories|news|articles|like this|about|headlines|great|top|by|to read|reading|coverage)\b|"
        r"(?:related|recommended|popular|trending|similar|latest|recent|featured|suggested|previous|top|most (?:read|popular|viewed|shared|recent|commented)|must[ -]reads?|editor'?s'? picks?)"
        r"\s*(?:articles?|stories|story|posts?|news|content|topics?|links?|items?|videos?|reading|coverage|headlines|searches|for you|now|tags?|products?|roundups?)?\s*[:>»]?\W*$|"
        r"(?:you (?:may|might|could|will)|you'll|you’ll)\s+(?:also\s+)?(?:like|enjoy|love|be interested)|people (?:also|are) read|what to read next|read (?:next|more stories)|"
        r"up next|next (?:article|story|post|up)|previous (?:article|story|post)|don'?t miss|in other news|from around the web|around the web|from the web|"
        r"recommended (?:for|by|from)|(?:more )?(?:stories|articles) (?:from|by|you)|sponsored (?:stories|links)|paid (?:content|post)|see also\W*$|"
        r"artículos? relacionad|noticias? relacionad|te puede interesar|articoli correlati|leggi anche|potrebbe interessarti|à lire aussi|lire aussi|sur le même|"
        r"mehr zum thema|das könnte|auch interessant|lesen sie auch|leia também|veja também|notícias relacionadas|posts? relacionad|zobacz także|czytaj także|читайте также|"
        r"games featured in|shop the|watch (?:next|now|more)|load more|show more|view more|see more)",
    ),
    (
        "teaser",
        "link to another story",
        False,
        260,
        r"\W*(?:read (?:more|also|next|the (?:full|latest|rest|original))|also read|see also|see more|related|watch|listen|view gallery|must[ -]read|don't miss|more|recommended|"
        r"click here|lea también|lea más|lee también|leggi|à lire|lire aussi|lesen sie|mehr dazu|mire|see|read|story)\s?[:>|»→]",
    ),
    (
        "teaser",
        "link to another story",
        False,
        200,
        r"\W*(?:read more|also read|click here (?:to|for)|lea también|lee también|leggi anche|lire aussi|read (?:the )?full)\b",
    ),
    (
        "share",
        "share buttons",
        False,
        160,
        r"\W*(?:share|tweet|retweet|pin(?: it)?|email|e-mail|print|save|facebook|twitter|whatsapp|linkedin|reddit|pinterest|telegram|tumblr|google\s?\+|flipboard|"
        r"messenger|copy(?: link)?|link copied|instagram|youtube|mail|sms|flip|like|follow(?: us)?|bookmark|imprimir|compartir|condividi|partager|teilen|compartilhar|"
        r"stumbleupon|digg|viber|vkontakte|line|xing|pocket|mix|snapchat|tiktok|subscribe|rss)"
        r"(?:\W*(?:share|tweet|on|to|via|by|this|story|article|post|page|with|your|friends|the|using|it|in|a|link|opens|new|window|click|us|and|more|"
        r"facebook|twitter|whatsapp|linkedin|reddit|pinterest|telegram|tumblr|google|flipboard|messenger|copy|instagram|youtube|e|mail|email|print|save|sms|"
        r"stumbleupon|digg|viber|vk|line|xing|pocket|pin|addthis|sharing|buttons|options|icon|logo|comment|comments|follow|like|rss|snapchat|tiktok|\d+k?))*\W*$",
    ),
    (
        "share",
        "share buttons",
        False,
        200,
        r"\W*(?:share (?:this|on|via|with|to)\b(?!.*[.!?]\s+\w)|addthis|click to share|link to this|permalink\b|filed (?:to|under|in)\b)",
    ),
    (
        "newsletter",
        "newsletter or subscription prompt",
        False,
        420,
        r"\W*(?:(?:please )?(?:sign|signed) up\b|subscribe\b|(?:get|receive) (?:our|the|more|breaking|daily|email|all|your|unlimited|weekly|a daily|updates)\b.{0,200}(?:inbox|newsletter|e-?mail|alerts?|updates|app)|"
        r"(?:enter|submit) your e-?mail|join (?:our|the|us|\d)|support (?:our|independent|us|the)\b.{0,80}(?:journalism|work|donat|subscri|contribut)|become a (?:member|subscriber|patron|supporter)|"
        r"download (?:our|the) .{0,40}app|follow (?:us|the|him|her|me|@|\S+ (?:\S+ ){0,5}on\b)|like us on|find us on|connect with us|newsletters?\W*$|already a (?:subscriber|member)|register (?:now|for|to)|"
        r"(?:our|the|to (?:our|the)) (?:free )?(?:\w+ ){0,3}newsletter|suscríb|iscriviti|abonnez|inscrivez|newsletter abonnieren|receba em seu|inscreva-se|don’t miss out|thank(?:s| you) for (?:subscribing|signing|reading)|"
        r"you (?:have|can) (?:successfully |unsubscribe|cancel)|by (?:signing|subscribing|clicking|submitting|registering|continuing|entering|using|accessing))",
    ),
    (
        "newsletter",
        "newsletter or subscription prompt",
        False,
        300,
        r".{0,140}\b(?:sign up (?:here|for (?:our|the|free))|(?:to|in) your inbox|our (?:\w+ ){0,3}newsletters?\b|follow (?:us|her|him|them|me|the \w+ \w+) on|on Twitter (?:at )?@|on Twitter\W*$)",
    ),
    (
        "navigation",
        "cookie or privacy notice",
        False,
        900,
        r".{0,200}(?:\bcookies?\b.{0,200}(?:website|site|experience|browser|consent|polic|settings|utili[sz]|accept|use|adverti)|(?:we|this (?:web)?site|nous|utili[sz]\w*|usamos|verwende[nt]) .{0,60}cookies?\b|"
        r"privacy (?:policy|notice)|terms (?:of|and) (?:use|service|conditions)|do not sell my|javascript|adblock|ad blocker|affiliate (?:links?|commission)|earn a (?:small )?(?:commission|share)|"
        r"commission (?:on|from|if)|your browser)",
    ),
    (
        "navigation",
        "page control",
        False,
        60,
        r"\W*(?:skip to\b.*|(?:main |toggle |open |close |site )?(?:menu|navigation|search|home ?page|home|close|back to top|back|top|scroll|log ?in|log ?out|sign ?in|sign ?out|register|my account|account|"
        r"print this.*|contact(?: us)?|about(?: us)?|help|faq|site ?map|advertise.*|jobs|careers|archives?|next|previous|prev|view comments|jump to.*|go to.*|site index.*|tags?:?|topics?:?|"
        r"(?:view|see) (?:all|gallery|slideshow)|gallery|play|play video|replay|pause|mute|volume|fullscreen|photos?|videos?|live|weather|edition|language|text size|font size|cancel|submit|ok|done|expand|collapse|hide caption|show caption|toggle caption|enlarge this image|"
        r"image|caption|data|listen|transcript|download|embed|report(?: a correction| an error)?|corrections?|x|menu))\W*$",
    ),
    (
        "navigation",
        "topic tags",
        False,
        400,
        r"\W*(?:tags?|topics?|categor(?:y|ies)|keywords?|related (?:topics?|tags?|roundups?)|explore more on these topics|labels?|schlagworte|etiquetas|tagged|more (?:in|about)|in this article|buyer's guide)\s?:",
    ),
    (
        "caption",
        "photo caption or credit",
        False,
        500,
        r"\W*(?:(?:photo(?:graph)?s?|image|picture|foto|fotos|illustration|graphic|video|main image|cover photo|featured image|header image|thumbnail|hero image|lead image)(?: \w+){0,2}?\s?(?:credits?|by|via|courtesy|source|caption|copyright|provided)?\s?[:©]|"
        r"(?:photo(?:graph)?s?|image|picture|illustration|video|screenshot|credit|screengrab)s? (?:by|via|courtesy|credit|from|provided)\b|credit\s?:|photograph\b.{0,60}$|file photo|getty images|pic(?:ture)?s?\s?:|source\s?: .{0,60}$|bild\s?:|crédit|fot\. )",
    ),
    (
        "caption",
        "photo caption or credit",
        False,
        600,
        r".{0,560}(?:[(\[|](?:(?:file )?(?:photo|image|picture|pic|credit|courtesy|screenshot|ap photo|foto)\b[^)\]]*|[^()\]]{2,50}/(?:ap|afp|reuters|epa|getty[^)]*|the associated press|[^()\]]{2,40} via (?:ap|reuters|getty)[^)\]]*|[\w ]*images|[\w ]*staff|[\w ]*post)|[^()\]]*getty images|reuters|ap|afp)[)\]]?|"
        r"(?:getty images|afp/getty|/ ?getty|/ ?reuters|/ ?shutterstock|shutterstock|istock(?:photo)?|/ ?afp|/ap|alamy(?: stock photo)?|via ap|via reuters|via getty))\W*$",
    ),
    (
        "byline",
        "about the writer",
        False,
        500,
        r"(?:\W*(?:about the authors?|author bio|written by|meet the author|more by|posts by|view all posts|(?:the )?(?:author|writer) is\b|contact (?:the author|[A-Z]\w+ [A-Z]\w+)|"
        r"e-?mail (?:the author|[A-Z]\w+|\w+ at)|reach (?:the )?(?:author|[A-Z]\w+)|sobre o autor|über den autor|acerca del autor|à propos de l'auteur|follow [A-Z])|"
        r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}(?: \([^)]*\))? (?:is|was) (?:an? |the )?(?:[\w'’&-]+ ){0,6}(?:reporter|editor|columnist|correspondent|writer|journalist|contributor|producer|author|blogger|freelance\w*|staff|fellow)\b(?!.{0,80}\bsaid\b))",
    ),
    (
        "credit",
        "reporting credits",
        False,
        400,
        r"\W*\(?(?:(?:additional )?(?:reporting|writing|editing|reported|compiled|edited) (?:by|and)|with (?:reporting|files|agency|inputs?|additional) |(?:the )?associated press (?:writers?|reporters?|contributed)|"
        r"\S+ (?:\S+ ){0,8}contributed (?:to )?(?:this )?(?:report|story|article)|this (?:story|article|report|post) (?:was|has been|is|originally|first|appeared)|(?:this )?(?:article|story|post) (?:originally|first) (?:appeared|published)|originally published|"
        r"a version of this|our standards|editor['’]?s['’]? note|first published|last (?:updated|modified)|got a (?:news )?tip|have a (?:news )?tip|send (?:us )?(?:tips|your)|the times is committed to|questions or comments)",
    ),
)


@cache
def _compiled() -> tuple[tuple[Furniture, int, re.Pattern[str]], ...]:
    return tuple(
        (Furniture(kind, reason, ends), longest, re.compile(pattern, re.IGNORECASE))
        for kind, reason, ends, longest, pattern in _RULES
    )


def furniture(text: str) -> Furniture | None:
    """The rule that takes a line for page furniture, or None for a line that may be text.

    >>> furniture("ADVERTISEMENT").kind, furniture("The strait reopened on Monday.")
    ('advert', None)
    """
    for found, longest, pattern in _compiled():
        if len(text) <= longest and pattern.match(text):
            return found
    return None
