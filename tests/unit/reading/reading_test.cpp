#include "bot/reading/reading.hpp"

#include "support/catch.hpp"

using namespace rapport;

namespace {

const SimpleReader& plain_reader() {
    static const SimpleReader simple{{"Acme", "acme rocket", "ラポート", "Crème"}};
    return simple;
}

Reading read(std::string_view text) {
    return plain_reader().read(text, {});
}

Reading read_directly(std::string_view text) {
    ReadingContext context;
    context.direct = true;
    return plain_reader().read(text, context);
}

std::string kind(std::string_view text) {
    return std::string{name_of(read(text).kind)};
}

}  // namespace

TEST_CASE("kinds go by the words that rules use") {
    for (const char* name : {"problem", "complaint", "request", "question", "announcement", "praise",
                             "thanks", "greeting", "chatter"}) {
        CHECK(name_of(message_kind_of(name)) == name);
    }
    CHECK(message_kind_of("nonsense") == MessageKind::chatter);
}

TEST_CASE("a message is told by its words") {
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"Does 2.0 speak IPv6?", "question"},
        {"how do I rotate the signing key", "question"},
        {"Hi all, is there a way to export contacts", "question"},
        {"karllekko: why is the amount in cents", "question"},
        {"I was wondering whether the free plan has webhooks", "question"},
        {"Could you add a dark theme", "request"},
        {"Please add support for Postgres", "request"},
        {"The export does not work since this morning", "problem"},
        {"I get an error when I log in, any idea?", "problem"},
        {"App crashes on start", "problem"},
        {"I can't login", "problem"},
        {"This is the worst support ever, I am so disappointed", "complaint"},
        {"Just finished the book and it is amazing, I love it", "praise"},
        {"thanks!", "thanks"},
        {"got it, thank you so much", "thanks"},
        {"Hello everyone", "greeting"},
        {"We are announcing the new release of our driver today", "announcement"},
        {"I use it with nginx", "chatter"},
        {"", "chatter"},
    }));
    CAPTURE(text);
    CHECK(kind(text) == expected);
}

TEST_CASE("what asks needs a reply, what closes a conversation does not") {
    for (const char* text : {"Does 2.0 speak IPv6?", "how do I rotate the signing key",
                             "App crashes on start", "Could you add a dark theme",
                             "can anyone recommend a client", "The worst update ever, it is unusable"}) {
        CAPTURE(text);
        CHECK(read(text).needs_reply);
        CHECK(read_directly(text).needs_reply);
    }
    for (const char* text : {"thanks!", "Thanks, that helps a lot", "ok", "got it, thanks again", "lol", "👍",
                             ":D", "Brilliant, thanks for all your help.", "", "...", "obrigada!",
                             "ありがとうございます", "شكرا جزيلا"}) {
        CAPTURE(text);
        CHECK_FALSE(read(text).needs_reply);
        CHECK_FALSE(read_directly(text).needs_reply);
    }
}

TEST_CASE("the context decides where the words do not") {
    const char* const plain = "my setup is a linux server with a ruby web app";
    CHECK_FALSE(read(plain).needs_reply);
    CHECK(read_directly(plain).needs_reply);
    CHECK_FALSE(read("hello").needs_reply);
    CHECK(read_directly("hello").needs_reply);
    ReadingContext mentioned;
    mentioned.mentions_brand = true;
    CHECK(plain_reader().read(plain, mentioned).needs_reply_score > read(plain).needs_reply_score);
    ReadingContext answering;
    answering.answers_team = true;
    CHECK(plain_reader().read(plain, answering).needs_reply_score > read(plain).needs_reply_score);
}

TEST_CASE("a question after thanks is still a question") {
    const Reading reading = read("Thanks! One more thing: does it work offline?");
    CHECK(reading.kind == MessageKind::question);
    CHECK(reading.needs_reply);
}

TEST_CASE("sentiment has the right sign and grows with its words") {
    CHECK(read("I love this, it is amazing!").sentiment > 2);
    CHECK(read("this is good").sentiment > 0);
    CHECK(read("this is not good").sentiment < 0);
    CHECK(read("terrible, useless garbage").sentiment < -2);
    CHECK(read("very bad").sentiment < read("bad").sentiment);
    CHECK(read("great!!!").sentiment > read("great").sentiment);
    CHECK(read("the server runs debian").sentiment == 0);
    CHECK(read("that was something :(").sentiment < 0);
    CHECK(read("that was something 🎉").sentiment > 0);
    std::string many;
    for (int i = 0; i < 1000; ++i) many += "amazing wonderful ";
    CHECK(read(many).sentiment <= 4);
}

TEST_CASE("languages are told by their script or their small words") {
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"Does anyone know how to export the contacts?", "en"},
        {"Weiß jemand, wie man die Kontakte exportiert?", "de"},
        {"Est-ce que quelqu'un sait comment exporter les contacts ?", "fr"},
        {"¿Alguien sabe cómo exportar los contactos?", "es"},
        {"Alguém sabe como eu exporto os contatos? Não consigo.", "pt"},
        {"Qualcuno sa come si esportano i contatti?", "it"},
        {"Weet iemand hoe je de contacten kunt exporteren?", "nl"},
        {"連絡先をエクスポートするにはどうすればいいですか", "ja"},
        {"请问怎么导出联系人", "zh"},
        {"연락처를 어떻게 내보내나요", "ko"},
        {"كيف يمكنني تصدير جهات الاتصال", "ar"},
        {"چگونه می توانم گزارش بگیرم", "fa"},
        {"Как экспортировать контакты", "ru"},
        {"Як експортувати контакти її", "uk"},
        {"Πώς εξάγω τις επαφές", "el"},
        {"איך מייצאים אנשי קשר", "he"},
        {"ส่งออกรายชื่อได้อย่างไร", "th"},
        {"मैं संपर्क कैसे निर्यात करूं", "hi"},
        {"API エラーが出ます", "ja"},
        {"Det fungerar inte på min telefon, vad skulle hjälpa?", "sv"},
        {"Det virker ikke på min telefon, hvad gør jeg?", "da"},
        {"Det fungerer ikke på telefonen, hva gjør jeg?", "no"},
        {"Nie działa od wczoraj, dlaczego? Dziękuję", "pl"},
        {"Proč to nefunguje? Nemůžu se přihlásit, děkuji", "cs"},
        {"Hol tudom ezt megváltoztatni? Köszönöm", "hu"},
        {"Unde pot schimba parola? Mulțumesc pentru ajutor", "ro"},
        {"Missä voin vaihtaa salasanani? Kiitos", "fi"},
        {"Bu sorun için çok teşekkürler, neden olduğunu biliyorum", "tr"},
        {"Bagaimana saya bisa mengganti kata sandi?", "id"},
        {"xkcd grmbl", "unknown"},
        {"12345 !!", "unknown"},
        {"", "unknown"},
    }));
    CAPTURE(text);
    CHECK(read(text).language == expected);
}

TEST_CASE("Portuguese, Japanese, Arabic and others are read, with and without accents") {
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"Olá, como faço para exportar os contatos?", "question"},
        {"ola, voces podem adicionar um tema escuro", "request"},
        {"O aplicativo não funciona desde ontem", "problem"},
        {"o aplicativo nao funciona desde ontem", "problem"},
        {"Muito obrigada!", "thanks"},
        {"エクスポートはどうすればいいですか", "question"},
        {"ログインできません", "problem"},
        {"ダークテーマを追加してください", "request"},
        {"ありがとうございます", "thanks"},
        {"كيف يمكنني تصدير جهات الاتصال؟", "question"},
        {"التطبيق لا يعمل منذ أمس", "problem"},
        {"شكراً جزيلاً", "thanks"},
        {"Wie kann ich meine Kontakte exportieren", "question"},
        {"Der Export funktioniert leider nicht", "problem"},
        {"L'export ne marche pas", "problem"},
        {"La exportación no funciona", "problem"},
        {"Merci beaucoup !", "thanks"},
        {"谢谢", "thanks"},
        {"无法登录", "problem"},
        {"로그인이 안돼요", "problem"},
        {"Экспорт не работает", "problem"},
    }));
    CAPTURE(text);
    CHECK(kind(text) == expected);
    CHECK(read(text).needs_reply == (std::string_view{expected} != "thanks"));
}

TEST_CASE("the brand is found as a whole word, in any case, and inside scripts without spaces") {
    for (const char* text :
         {"I like Acme", "ACME!", "why is @acme down", "(acme)", "acme's team", "A\u200Bcme rocks",
          "ＡＣＭＥ", "今日ラポートを使いました", "creme is nice", "CRÈME brulée", "the Acme-Rocket"}) {
        CAPTURE(text);
        CHECK(read(text).mentions_brand);
    }
    for (const char* text :
         {"acmeology", "placme", "ac me", "", "今日レポートを使いました", "https://example.org/acme"}) {
        CAPTURE(text);
        CHECK_FALSE(read(text).mentions_brand);
    }
    const SimpleReader rocket{{"acme rocket"}};
    CHECK(rocket.read("my acme rocket broke", {}).mentions_brand);
    CHECK(rocket.read("Acme\nRocket", {}).mentions_brand);
    CHECK_FALSE(rocket.read("acme makes a rocket", {}).mentions_brand);
    CHECK_FALSE(rocket.read("acme", {}).mentions_brand);
    CHECK_FALSE(SimpleReader{{}}.read("acme", {}).mentions_brand);
    CHECK_FALSE(SimpleReader{{"", "!!"}}.read("acme", {}).mentions_brand);
    ReadingContext mentioned;
    mentioned.mentions_brand = true;
    CHECK(SimpleReader{{}}.read("hello", mentioned).mentions_brand);
}

TEST_CASE("topics are the telling words, the repeated first, at most five") {
    const Reading reading = read("Does the webhook retry? Our webhook fails with PostgreSQL and IPv6.");
    REQUIRE(reading.topics.size() >= 3);
    CHECK(reading.topics.front() == "webhook");
    CHECK(std::count(reading.topics.begin(), reading.topics.end(), "postgresql") == 1);
    CHECK(std::count(reading.topics.begin(), reading.topics.end(), "ipv6") == 1);
    CHECK(read("is it the one that you have?").topics.empty());
    CHECK(read("Quanto custa a importação?").topics == std::vector<std::string>{"importação", "custa"});
    CHECK(read("ダークテーマの設定").topics == std::vector<std::string>{"ダークテーマ", "設定"});
    CHECK(read("alpha bravo charlie delta foxtrot golf hotel india").topics.size() == 5);
    CHECK(read("@somebody https://example.org/secret").topics.empty());
}

TEST_CASE("links and spam are seen") {
    CHECK(read("see https://example.org/a?b=c").has_link);
    CHECK(read("www.example.org").has_link);
    CHECK_FALSE(read("https is a protocol").has_link);
    CHECK(read("see https://example.org/a?b=c").kind == MessageKind::chatter);
    const Reading spam = read("FREE crypto GIVEAWAY, claim your prize now https://example.org !!!");
    CHECK(spam.suspected_spam);
    CHECK_FALSE(spam.needs_reply);
    CHECK_FALSE(read("Is the free plan limited? https://example.org/pricing").suspected_spam);
}

TEST_CASE("characters that nobody sees change nothing") {
    const Reading plain = read("thanks for the export");
    const Reading tricked = read("th\u200Ban\u200Dks for\uFEFF the ex\u00ADpo\u202Ert");
    CHECK(tricked.kind == plain.kind);
    CHECK(tricked.needs_reply_score == plain.needs_reply_score);
    CHECK(tricked.topics == plain.topics);
    // A decomposed accent is the same letter.
    CHECK(kind("o app na\u0303o funciona") == "problem");
    CHECK(read("\u200B\u200B\u200B").kind == MessageKind::chatter);
}
