// Small words: they tell the language, and are no topics. All are folded: lower case, no accents, no
// apostrophes.

#include "bot/reading/lexicon.hpp"

namespace rapport::reading {

namespace {

WordList of(Language language, std::string_view words) {
    return {{stop, 1U << static_cast<unsigned>(language), 0}, words};
}

}  // namespace

std::vector<WordList> small_words() {
    return {
        of(Language::en,
           "s the a an and or but of to in on at for with from by as is are was were be been am i you he "
           "she it we they my your his her its our their this that these those not no do does did have "
           "has had can could will would should what when where why how who which if then than so just "
           "about into out up down over there here some any all more most very too also only get got "
           "im ive dont doesnt didnt cant isnt thats whats hi hello please thanks thank yes me us them "
           "because while after before again still now been being much many make made see know think"),
        of(Language::de,
           "der die das und oder aber von zu in auf an fur mit aus bei als ist sind war waren bin ich du "
           "er sie es wir ihr mein dein sein unser euer dieser diese dieses nicht kein keine ein eine "
           "einen einem einer hat haben hatte kann konnen wird werden soll was wann wo warum wie wer "
           "wenn dann so nur auch noch schon sehr mal im am zum zur den dem des dass wieder habe mich "
           "mir euch danke bitte hallo gibt jetzt hier man jemand weiss etwas alle wurde immer beim nach"),
        of(Language::fr,
           "le la les un une des et ou mais de du dans sur pour avec par est sont etait je tu il elle nous "
           "vous ils mon ton son notre votre ce cette ces ne pas que qui quoi quand comment pourquoi si "
           "alors tres aussi plus on au aux en se sa ses mes jai cest bonjour merci avoir etre fait "
           "peut tout bien ca quelquun suis lors"),
        of(Language::es,
           "el la los las un una unos y o pero de del en con por para es son era yo tu usted nosotros mi "
           "su nuestro este esta estos no que quien cuando donde como si muy tambien mas al se lo le me "
           "te nos hay tengo tiene puedo puede gracias hola porque cual alguien estoy ser hacer sin "
           "ya esto eso fue han"),
        of(Language::pt,
           "o a os as um uma e ou mas de do da dos das em no na nos nas com por para pelo pela eu voce "
           "ele ela meu minha seu sua nosso este esta isso nao que quem quando onde como se muito tambem "
           "mais ao foi sao estou esta tenho tem posso pode obrigado obrigada ola porque qual alguem "
           "voces ser fazer ja ainda aqui so depois consigo"),
        of(Language::it,
           "il lo la i gli le un una uno e o ma di del della dei in su con per da dal nel e sono era io "
           "tu lui lei noi voi mio tuo suo nostro questo questa non che chi quando dove come se molto "
           "anche piu al si ho ha hai abbiamo posso puo grazie ciao perche quale qualcuno sto essere "
           "fare gia ancora qui cosa ce alla"),
        of(Language::nl,
           "de het een en of maar van naar in op aan voor met uit bij als is zijn was waren ik jij je hij "
           "zij we wij jullie mijn jouw onze dit dat deze die niet geen heb heeft hebben kan kunnen "
           "wordt worden wat wanneer waar waarom hoe wie dan zo alleen ook nog al heel er te om door "
           "dank bedankt hallo iemand mij ons wel moet"),
        // The rest only to be told apart: words that English has as well are left out.
        of(Language::sv,
           "och att det som med jag inte har eller hur mitt ditt tack hej fungerar mycket nagon vad skulle "
           "ocksa finns nar dar mig kommer igen andra"),
        of(Language::da,
           "og det som med jeg ikke har eller hvordan hvor hvad mit dit tak hej virker meget nogen skulle "
           "ogsa findes efter mig kommer igen hvorfor"),
        of(Language::no,
           "og det som med jeg ikke har eller hvordan hvor hva mitt ditt takk hei fungerer mye noen skulle "
           "ogsa finnes etter meg kommer igjen hvorfor"),
        of(Language::pl,
           "sie jest ze jak gdzie czy mam moge mozna dziekuje dzieki prosze czesc dla ale juz tylko bardzo "
           "moja "
           "mnie przy jestem nie dlaczego kiedy byc tego"),
        of(Language::cs,
           "ze jak kde muzu nebo proc neni dekuji diky prosim ahoj jsem jsou kdyz taky uz mam ale kdy jde "
           "bylo "
           "jeste moje moc"),
        of(Language::hu,
           "az hogy nem egy hol miert koszonom szia lehet csak vagy kell nincs tudom mikor hogyan nekem ezt "
           "vagyok mar"),
        of(Language::ro,
           "este nu sunt pentru unde cum multumesc buna imi din cand poate acum foarte aceasta acest mea "
           "fost"),
        of(Language::fi,
           "mina miten missa miksi voi voin kun mutta tama olen ovat kiitos myos jos niin mita kuinka minun "
           "ole paljon enaa hyvin"),
        of(Language::tr,
           "ve bir bu icin ile nerede neden cok degil biz siz tesekkurler merhaba nereden olarak daha gibi "
           "kadar ama hala zaman"),
        of(Language::id,
           "yang saya tidak bisa untuk dengan itu dari apa bagaimana kenapa terima kasih akan sudah anda "
           "kami "
           "mengganti belum lagi"),
        // No language: too common in talk to be a topic.
        {{stop, 0, 0},
         "use used using try tried trying want wanted need needed like look looking work works working "
         "thing things something anything everything way time today tomorrow yesterday people someone "
         "anyone else really actually maybe probably other same different first last next new old way "
         "lot bit able trying getting going doing having said says tell told come came take give gives "
         "good great nice help question questions problem problems issue issues error errors back well "
         "even never always every each both another such through between without within seems seem "
         "youre were wont wouldnt couldnt theres heres lets hey sorry sure right yeah anyway day days"},
    };
}

}  // namespace rapport::reading
