#include "adapters/replay/contacts.hpp"

#include "files.hpp"

using namespace rapport;
using namespace rapport::replay;
using namespace rapport::replay::test;
using namespace std::chrono_literals;

namespace {

const ContactStated& contact(const Outcome& outcome, std::size_t i) {
    return std::get<ContactStated>(outcome.events.at(i).body);
}

}  // namespace

TEST_CASE("contacts are read with quotes, commas, line breaks and a byte order mark") {
    const Folder folder;
    Options options;
    options.now = Time{1000s};
    const Outcome outcome =
        read_all(folder.file("c.csv",
                             "\xEF\xBB\xBF"
                             "Platform, realm,id,handle,name,roles,owner,note\r\n"
                             "slack,T1,U1,@ada,\"Lovelace, Ada\",\"champion, speaker;champion\",Bea,\"Said "
                             "\"\"yes\"\"\nat the meetup\"\r\n"
                             "\r\n"
                             "mastodon,m.example,9,,\xC3\x89mile,,,\r\n"),
                 options);
    REQUIRE(outcome.error == "");
    REQUIRE(outcome.events.size() == 2);
    CHECK(contact(outcome, 0).account.key == AccountKey{"slack", "T1", "U1"});
    CHECK(contact(outcome, 0).account.handle == "ada");
    CHECK(contact(outcome, 0).account.name == "Lovelace, Ada");
    CHECK(contact(outcome, 0).roles == std::vector<std::string>{"champion", "speaker"});
    CHECK(contact(outcome, 0).owner == "Bea");
    CHECK(contact(outcome, 0).note == "Said \"yes\" at the meetup");
    CHECK(contact(outcome, 0).at == Time{1000s});
    CHECK(outcome.events[0].seen == Time{1000s});
    CHECK(contact(outcome, 1).account.name == "\xC3\x89mile");
    CHECK(contact(outcome, 1).roles.empty());
    CHECK(outcome.tally.records == 2);
}

TEST_CASE("columns may stand in any order, with semicolons, and the realm may come from outside") {
    const Folder folder;
    Options options;
    options.realm = "ubuntu_irc";
    const Outcome outcome =
        read_all(folder.file("c.csv", "id;roles;platform\nada;champion,helper;replay\n"), options);
    REQUIRE(outcome.error == "");
    CHECK(contact(outcome, 0).account.key == AccountKey{"replay", "ubuntu_irc", "ada"});
    CHECK(contact(outcome, 0).roles == std::vector<std::string>{"champion", "helper"});
}

TEST_CASE("a header that cannot be used is refused with a suggestion") {
    const auto [text, what] = GENERATE(table<std::string, std::string>({
        {"platform,id,onwer\n", "line 1: unknown column \"onwer\"; did you mean \"owner\"?"},
        {"platform,id,shoe size\n", "unknown column \"shoe size\". Columns are: platform, realm"},
        {"platform,realm\n", "the column \"id\" is missing"},
        {"platform,id,id\n", "the column \"id\" is there twice"},
        {"", "is empty"},
        {"\xFF\xFEp\0l", "UTF-16"},
        {"platform,\"id\n", "never closed"},
    }));
    const Folder folder;
    CHECK_THAT(read_all(folder.file("c.csv", text)).error, ContainsSubstring(what));
}

TEST_CASE("all bad rows are named, and none of the file is used") {
    const Folder folder;
    const auto path = folder.file("c.csv",
                                  "platform,realm,id,name\n"
                                  "slack,T1,U1,Ada\n"
                                  "slack,T1\n"
                                  "slack,T1,,Nobody\n"
                                  "slack,,U4,Dot\n"
                                  "slack,T1,U5,\"two\nlines\"\n"
                                  "slack,T1,U6,\xE9mile\n"
                                  "slack,T1,U7,\"x\"y\n"
                                  "slack,T1,U8,Zoe\n");
    const Outcome outcome = read_all(path);
    CHECK(outcome.events.empty());
    CHECK_THAT(outcome.error, ContainsSubstring("5 of 8 rows") &&
                                  ContainsSubstring("line 3: has 2 fields, but the first row has 4") &&
                                  ContainsSubstring("line 4: \"id\" is empty") &&
                                  ContainsSubstring("line 5: \"realm\" is empty") &&
                                  ContainsSubstring("line 8: is not UTF-8") &&
                                  ContainsSubstring("line 9: something stands behind"));
    Options options;
    options.lenient = true;
    int reported = 0;
    options.on_problem = [&](const Problem&) { ++reported; };
    CHECK(read_all(path, options).events.size() == 3);
    CHECK(reported == 5);
}

TEST_CASE("contacts have no cursor: an import is run again") {
    const Folder folder;
    auto source = open(folder.file("c.csv", "platform,realm,id\nslack,T1,U1\n")).value();
    CHECK(source->cursor_name() == "");
    CHECK(source->skip_to("").has_value());
    CHECK(source->skip_to("5").has_error());
    CHECK(source->next().value()->cursor == "");
    CHECK(source->bytes_read() == source->bytes_total());
}
