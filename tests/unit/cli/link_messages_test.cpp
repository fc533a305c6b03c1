#include <sstream>

#include "bot/links/model.hpp"
#include "bot/links/read_message.hpp"
#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

namespace {

/// Likes the message just before.
void write_model(const Workshop& workshop) {
    links::Model model;
    links::Part part;
    part.rows.resize(std::size_t(links::row_count(model.vocabulary)));
    part.out[links::width - 1] = 1;
    part.rows[std::size_t(links::cue::distance.row(0))][links::width - 1] = 5;
    model.parts.push_back(part);
    workshop.write("model.json", links::to_json(model));
}

Ran link_lines(const Workshop& workshop, const char* typed) {
    return workshop.run({"link-messages", "--model", workshop.path("model.json").string()}, typed);
}

}  // namespace

TEST_CASE("each line comes out with its parents, in order, and nothing else changed") {
    const Workshop workshop;
    write_model(workshop);
    const Ran ran = link_lines(workshop,
                               "{\"id\": \"a\", \"text\": \"hello\", \"weight\": 1.50}\n"
                               "{\"id\": 7, \"text\": \"yes\", \"kept\": {\"b\": [null]} }\n"
                               "{\"id\": 8, \"parents\": [1, 2]}\n"
                               "{\"id\": 9, \"reply_to\": \"a\", \"author\": \"bob\"}");
    CHECK(ran.err == "");
    CHECK(ran.code == 0);
    CHECK(ran.out ==
          "{\"id\": \"a\", \"text\": \"hello\", \"weight\": 1.50,\"parents\":[\"a\"]}\n"
          "{\"id\": 7, \"text\": \"yes\", \"kept\": {\"b\": [null]} ,\"parents\":[\"a\"]}\n"
          "{\"id\":8,\"parents\":[7]}\n"
          "{\"id\": 9, \"reply_to\": \"a\", \"author\": \"bob\",\"parents\":[\"a\"]}\n");
}

TEST_CASE("a line without an id gets one, and channels are apart") {
    const Workshop workshop;
    write_model(workshop);
    const Ran ran = link_lines(workshop,
                               "{}\n{\"text\":\"hm\",\"id\":null}\n{\"id\":\"x\",\"channel\":\"garden\"}\n"
                               "{\"id\":\"y\"}\n");
    CHECK(ran.code == 0);
    CHECK(ran.out ==
          "{\"id\":\"line-1\",\"parents\":[\"line-1\"]}\n"
          "{\"text\":\"hm\",\"id\":\"line-2\",\"parents\":[\"line-1\"]}\n"
          "{\"id\":\"x\",\"channel\":\"garden\",\"parents\":[\"x\"]}\n"
          "{\"id\":\"y\",\"parents\":[\"line-2\"]}\n");
}

TEST_CASE("a broken line is passed on and told, and the others are linked") {
    const Workshop workshop;
    write_model(workshop);
    const std::string wide = "{\"text\":\"" + std::string(links::longest_line, 'a') + "\"}";
    workshop.write("m.jsonl", "{\"id\":1}\nnonsense\n\n" + wide + "\n[1]\n{\"id\":2}\n");
    const std::string file = workshop.path("m.jsonl").string();
    const Ran ran = workshop.run({"link-messages", file, "--model", workshop.path("model.json").string()});
    CHECK(ran.code == 1);
    CHECK(ran.out ==
          "{\"id\":1,\"parents\":[1]}\nnonsense\n\n" + wide + "\n[1]\n{\"id\":2,\"parents\":[1]}\n");
    CHECK(ran.err == file + ":2: this is no JSON object; it is passed on as it is.\n" + file +
                         ":4: this line is longer than 1000000 bytes; it is passed on as it is.\n" + file +
                         ":5: this is no JSON object; it is passed on as it is.\n");
}

TEST_CASE("of many broken lines the first are told and the others counted") {
    const Workshop workshop;
    write_model(workshop);
    std::string lines;
    for (int i = 0; i < 25; ++i) lines += "nonsense\n";
    const Ran ran = link_lines(workshop, lines.c_str());
    CHECK(ran.out == lines);
    CHECK(ran.err.find(":20:") != std::string::npos);
    CHECK(ran.err.find(":21:") == std::string::npos);
    CHECK(ran.err.find("... and 5 more.") != std::string::npos);
}

TEST_CASE("a file or a model that is not there is said") {
    const Workshop workshop;
    CHECK(workshop.run({"link-messages", "/nowhere/m.jsonl"}).code == 1);
    CHECK(workshop.run({"link-messages", "--model", "/nowhere/m.json"}).code == 1);
    workshop.write("bad.json", "{}");
    const Ran ran = workshop.run({"link-messages", "--model", workshop.path("bad.json").string()});
    CHECK(ran.code == 1);
    CHECK(ran.err.find("the model of links cannot be used") != std::string::npos);
}

}  // namespace rapport::test
