#include "files.hpp"

using namespace rapport;
using namespace rapport::replay;
using namespace rapport::replay::test;

TEST_CASE("a realm is the file's name without the endings that say a format") {
    CHECK(realm_of("/a/b/ubuntu_irc.jsonl.gz") == "ubuntu_irc");
    CHECK(realm_of("acme.2024.zip") == "acme.2024");
    CHECK(realm_of("plain") == "plain");
    CHECK(realm_of("x.JSONL") == "x");
    CHECK(realm_of(".jsonl") == ".jsonl");
}

TEST_CASE("a file without a telling name is known by its first bytes") {
    const Folder folder;
    const std::string line = R"({"id":"a","ts":1,"channel":"c","author":"d","text":"e"})";
    CHECK(read_all(folder.file("talk.log", " \n" + line)).events.size() == 1);
    CHECK(read_all(folder.gzip("talk", line)).events.size() == 1);
    CHECK(read_all(folder.file("people.txt", "Platform,Realm,ID\nslack,T1,U1\n")).events.size() == 1);
    CHECK_THAT(read_all(folder.zip("export", {{"a.json", "[]"}})).error,
               ContainsSubstring("users.json is missing"));
    CHECK_THAT(read_all(folder.file("x.pdf", "%PDF-1.4")).error, ContainsSubstring("neither JSON Lines"));
}

TEST_CASE("what cannot be opened is said plainly") {
    const Folder folder;
    const auto here = folder.file("a.txt", "").parent_path();
    CHECK_THAT(read_all(here / "missing.jsonl").error, ContainsSubstring("No such file"));
    CHECK_THAT(read_all(here / "missing").error, ContainsSubstring("there is no such file"));
    CHECK_THAT(read_all(here / "missing.zip").error, ContainsSubstring("cannot be opened"));
    CHECK_THAT(read_all(here / "missing.csv").error, ContainsSubstring("cannot be read"));
    CHECK_THAT(read_all(here).error, ContainsSubstring("no file that can be read"));
    std::filesystem::create_directory(here / "x.jsonl");
    CHECK_THAT(read_all(here / "x.jsonl").error, ContainsSubstring("this is a folder"));
    std::filesystem::create_directory(here / "x.csv");
    CHECK_THAT(read_all(here / "x.csv").error, ContainsSubstring("x.csv"));
}
