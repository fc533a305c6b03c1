// What words do: ask, thank, complain, ... All are folded: lower case, no accents, no apostrophes.

#include "bot/reading/lexicon.hpp"

namespace rapport::reading {

namespace {

WordList list(std::uint32_t roles, std::string_view words) {
    return {{roles, 0, 0}, words};
}
WordList feeling(int tenths, std::uint32_t roles, std::string_view words) {
    return {{roles, 0, static_cast<std::int8_t>(tenths)}, words};
}

void add_asking(std::vector<WordList>& to) {
    to.push_back(list(asks, "how why who whos whose where wheres which whats hows whys"));
    to.push_back(list(weak_ask, "what when if whether whichever"));
    to.push_back(list(asks, "wie warum wieso weshalb wer wo woher wohin welche welcher welches wann"));
    to.push_back(list(asks, "comment pourquoi qui quel quelle quels quelles combien quoi quand"));
    to.push_back(list(asks, "como cuando donde cual cuales quien quienes cuanto cuanta cuantos porque por"));
    to.push_back(list(asks, "quando onde qual quais quem quanto quanta quantos"));
    to.push_back(list(asks, "come perche dove chi quale quali quanti"));
    to.push_back(list(asks, "hoe waarom waar welke wanneer hoeveel"));
    to.push_back(list(asks, "как почему зачем где куда откуда когда какой какая какие кто сколько чей"));
    to.push_back(list(asks, "هل كيف لماذا متى اين ماذا من كم لمادا"));
    to.push_back(list(auxiliary,
                      "s is are am was were do does did has have can could would will should may might "
                      "isnt arent doesnt didnt cant couldnt wont wouldnt shouldnt hasnt havent"));
    to.push_back(list(auxiliary,
                      "ist sind kann konnen konnt gibt habt hat wird werden darf puis peut peux "
                      "pouvez est puede puedo pueden hay existe tem pode posso puo posso kan kunnen"));
    to.push_back(list(modal,
                      "can could would will kannst konnt konnten konntet konnen pourriez pouvez peux "
                      "puedes pueden podria podrian pode podem poderia puoi potete potresti kun kunt "
                      "zou можете могли можешь"));
    to.push_back(list(you | subject,
                      "you u ya yall anyone anybody someone somebody ihr sie du jemand vous tu "
                      "quelquun usted ustedes alguien voce voces alguem qualcuno voi jij je jullie "
                      "iemand вы ты"));
    to.push_back(
        list(subject, "i we it this that there they he she the my our your these those es das man ich wir"));
    to.push_back(list(first_person,
                      "i im ive id we were weve my our me us ich wir mein unser je jai nous mon yo "
                      "nosotros mi eu nos meu minha io noi ik wij mijn я мы у"));
    to.push_back(
        list(seeks,
             "wondering curious question questions help advice anyone anybody suggestion suggestions "
             "recommend recommendation recommendations clarify clarification tips stuck confused "
             "unsure howto explain"));
    to.push_back(
        list(seeks,
             "frage fragen hilfe hilft helfen aide aider aidez question pregunta preguntas ayuda "
             "ayudar ayudarme duda dudas pergunta ajuda ajudar duvida duvidas domanda aiuto aiutare "
             "aiutarmi vraag vragen hulp helpen вопрос помогите подскажите помощь سؤال مساعده مساعدة"));
    to.push_back(list(please,
                      "please pls plz kindly bitte svp plait plaise favor favore prego alstublieft "
                      "alsjeblieft aub пожалуйста رجاء فضلك ارجو"));
}

void add_problems(std::vector<WordList>& to) {
    to.push_back(feeling(-12, problem,
                         "error errors issue issues problem problems trouble exception exceptions warning "
                         "traceback segfault timeout timeouts regression outage"));
    to.push_back(feeling(-15, broken,
                         "crash crashes crashed crashing broken fails failed failing failure bug bugs buggy "
                         "stuck hangs hanging freezes frozen unusable corrupted broke breaks 500 502 503"));
    to.push_back(feeling(-12, problem,
                         "fehler problem probleme absturz erreur erreurs probleme panne fallo problema "
                         "problemas errore errori erro erros fout fouten probleem ошибка ошибки "
                         "проблема сбой خطأ مشكلة مشكله خطا عطل"));
    to.push_back(feeling(-15, broken,
                         "kaputt absturzt absturze hangt defekt plante plantage bloque casse falla roto "
                         "quebrado travou trava travando falhou falha falhando rotto bloccato kapot "
                         "сломалось сломан падает зависает"));
    to.push_back(list(negation,
                      "not no never dont doesnt didnt isnt arent wasnt cant cannot couldnt wont wouldnt "
                      "shouldnt hasnt havent without unable nothing aint nicht kein keine nie pas jamais "
                      "sans ne nunca nao sem non mai senza niet geen nooit не нет ни لا لم لن ليس"));
    to.push_back(
        list(works,
             "work works working worked load loads loading start starts starting open opens connect "
             "connecting login log install installing build builds compile run runs running save saving "
             "find send sending receive upload download respond update boot access"));
    to.push_back(list(works,
                      "funktioniert geht ladt startet fonctionne marche funciona funcionan carga abre "
                      "funcionando carrega abrir consigo funziona parte riesco werkt laadt работает "
                      "открывается запускается يعمل تعمل يفتح"));
}

void add_feelings(std::vector<WordList>& to) {
    to.push_back(feeling(15, thanks,
                         "thanks thank thx ty tysm thnx thankyou thanx tnx appreciate appreciated cheers "
                         "danke dank vielen merci gracias obrigado obrigada valeu brigado grazie bedankt "
                         "dankjewel dankje спасибо благодарю شكرا"));
    to.push_back(feeling(25, praise,
                         "amazing awesome fantastic brilliant excellent wonderful superb outstanding "
                         "incredible perfect loving beautiful delightful phenomenal stellar"));
    to.push_back(feeling(22, praise,
                         "love loved loves great impressed impressive favourite favorite enjoyed best "
                         "thrilled kudos bravo congrats congratulations wow"));
    to.push_back(
        feeling(16, 0,
                "good nice cool neat helpful useful happy glad fun easy smooth fast elegant like liked "
                "enjoy enjoying excited solid works solved better win super"));
    to.push_back(feeling(22, praise,
                         "toll grossartig genial fantastisch perfekt liebe wunderbar klasse excellent "
                         "parfait magnifique adore formidable excelente increible perfecto maravilloso "
                         "encanta otimo otima incrivel perfeito adoro adorei maravilhoso fantastico "
                         "eccellente perfetto bellissimo stupendo geweldig prachtig отлично прекрасно "
                         "супер люблю رائع ممتاز جميل مذهل احب"));
    to.push_back(feeling(-25, complaint,
                         "terrible horrible awful worst useless garbage disgusting pathetic scam "
                         "unacceptable hate hated hates crap shit ridiculous nightmare furious"));
    to.push_back(feeling(-18, complaint,
                         "disappointed disappointing frustrating frustrated annoying annoyed angry "
                         "unhappy upset ripoff overpriced refund waste wasted poor sucks fed"));
    to.push_back(
        feeling(-12, 0,
                "bad slow sad wrong confusing ugly painful hard difficult worse worried fear missing "
                "lost boring expensive unfortunately sorry lack lacking miserable damn"));
    to.push_back(feeling(-22, complaint,
                         "schlecht furchtbar schrecklich enttauscht enttauschend nervt arger mies "
                         "horrible nul decu decevant inutile honte malo mala pesimo terrible "
                         "decepcionado decepcionante pessimo ruim decepcionada decepcao lixo "
                         "pessimo deluso delusa orribile schifo slecht teleurgesteld vreselijk "
                         "ужасно плохо разочарован кошмар سيء سيئ فظيع محبط"));
    to.push_back(list(booster,
                      "very really so extremely absolutely totally super incredibly much sehr wirklich tres "
                      "vraiment muy realmente muito molto davvero heel erg очень جدا"));
    to.push_back(list(greeting,
                      "hi hello hey hiya heya yo howdy greetings morning evening afternoon hallo moin servus "
                      "guten bonjour salut bonsoir hola buenos buenas ola oi bom boa ciao salve buongiorno "
                      "hoi goedemorgen привет здравствуйте مرحبا اهلا السلام"));
    to.push_back(
        list(filler,
             "ok okay k kk yes yep yeah yup yea no nope sure right alright fine got gotcha cool nice "
             "great lol haha hehe ah aha oh oops hm hmm hmmm ack np welcome indeed exactly done later "
             "bye goodbye cya brb sorry ja nein genau alles klar oui non daccord si vale claro sim "
             "nao beleza certo va bene nee prima да нет хорошо понятно ок نعم طيب again all day "
             "moment minute guys everyone team there folks man mate"));
}

}  // namespace

std::vector<WordList> role_words() {
    std::vector<WordList> lists;
    add_asking(lists);
    add_problems(lists);
    add_feelings(lists);
    lists.push_back(list(announces,
                         "announcing announce announcement released release releasing launched launching "
                         "introducing unveiling webinar meetup livestream changelog shipped veroffentlicht "
                         "lancement lanzamiento lancamento rilascio"));
    lists.push_back(
        list(spam,
             "viagra casino forex bitcoin crypto airdrop giveaway jackpot lottery winner prize won free cash "
             "claim urgent earn income whatsapp telegram investment investor guaranteed profit "
             "profits loan loans followers seo backlinks nude sexy dating escort xxx txt voucher "
             "awarded bonus ringtone ringtones subscribe unsubscribe offer discount"));
    return lists;
}

}  // namespace rapport::reading
