#include <random>

#include "bot/store/sqlite/row_codec.hpp"
#include "samples.hpp"

using namespace rapport;
using namespace rapport::test;
using rapport::sqlite::Decoder;
using rapport::sqlite::Encoder;

namespace {

template <class Row>
std::string encode(const Row& row) {
    std::string bytes;
    Encoder{bytes}(row);
    return bytes;
}

template <class Row>
bool decodes(std::string_view bytes, Row& row) {
    Decoder decoder{bytes};
    decoder(row);
    return decoder.complete();
}

/// Whatever the bytes are: either refused, or a value that stands for itself.
template <class Row>
void survives(const std::string& bytes) {
    Row row;
    if (!decodes(bytes, row)) return;
    Row again;
    REQUIRE(decodes(encode(row), again));
}

}  // namespace

TEST_CASE("numbers keep their value and small ones are short") {
    for (const std::int64_t number :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{63}, std::int64_t{-64},
          std::int64_t{64}, std::int64_t{1} << 40, -(std::int64_t{1} << 40), INT64_MAX, INT64_MIN}) {
        std::int64_t back = 7;
        CHECK(decodes(encode(number), back));
        CHECK(back == number);
    }
    CHECK(encode(std::int64_t{63}).size() == 2);
    CHECK(encode(std::int64_t{-64}).size() == 2);
    CHECK(encode(std::int64_t{64}).size() == 3);
}

TEST_CASE("a row comes back equal") {
    AlertRow expected = sample_alert(0);
    expected.state = {};
    expected.about = {};
    expected.conversation = {};
    AlertRow alert;
    REQUIRE(decodes(encode(sample_alert(0)), alert));
    CHECK(alert == expected);
    Outgoing outgoing;
    REQUIRE(decodes(bytes_of(sample_form()), outgoing));
    CHECK(bytes_of(outgoing) == bytes_of(sample_form()));
}

TEST_CASE("a card from before there were pictures is read") {
    Outgoing card;
    card.id = "alert:1/1";
    card.body = Card{};
    card.team = true;
    std::string bytes = bytes_of(card);
    bytes[0] = 1;
    bytes.pop_back();  // whether it is the team's
    bytes.pop_back();  // whether it is private
    bytes.pop_back();  // the empty picture
    Outgoing read;
    REQUIRE(decodes(bytes, read));
    CHECK(bytes_of(read) == bytes_of(card));
    CHECK_FALSE(decodes(bytes + '\0', read));
}

TEST_CASE("whether a card is private is kept, and a card from before that is read") {
    Outgoing card;
    card.id = "alert:1/1";
    card.body = Card{};
    std::get<Card>(card.body).is_private = true;
    std::string bytes = bytes_of(card);
    Outgoing read;
    REQUIRE(decodes(bytes, read));
    CHECK(std::get<Card>(read.body).is_private);
    bytes.pop_back();  // whether it is the team's
    bytes[0] = 3;
    CHECK_FALSE(decodes(bytes, read));
    bytes.pop_back();
    REQUIRE(decodes(bytes, read));
    CHECK_FALSE(std::get<Card>(read.body).is_private);
}

TEST_CASE("before version 6, what was for nobody by name was for the team") {
    Outgoing card;
    card.id = "alert:1/1";
    card.body = Card{};
    std::string bytes = bytes_of(card);
    bytes[0] = 5;
    bytes.pop_back();
    Outgoing read;
    REQUIRE(decodes(bytes, read));
    CHECK(read.team);
    card.to = {{"slack", "T1", "U9"}};
    bytes = bytes_of(card);
    bytes[0] = 5;
    bytes.pop_back();
    REQUIRE(decodes(bytes, read));
    CHECK_FALSE(read.team);
}

TEST_CASE("alerts and ties of version 4 know neither moves nor a first contact, and are read") {
    std::string bytes;
    AlertRow alert = sample_alert(1);
    alert.moves.clear();
    alert.second_answer = MessageId::none;
    alert.app_answered = never;
    alert.queued = false;
    Encoder{bytes}(alert);
    bytes[0] = 4;
    AlertRow read;
    CHECK_FALSE(decodes(bytes, read));
    bytes.resize(bytes.size() - 4);  // no second answer, no app's, no moves, not queued
    REQUIRE(decodes(bytes, read));
    CHECK(read.history == alert.history);
    CHECK(read.moves.empty());
    StaffTie tie = sample_account(1).ties.at(1);
    REQUIRE(tie.first_in == never);
    Encoder{bytes}(tie);
    bytes[0] = 4;
    bytes.resize(bytes.size() - 2);  // no first contact, no silences
    StaffTie old;
    REQUIRE(decodes(bytes, old));
    CHECK(old.contacts == tie.contacts);
    CHECK(old.first_in == tie.last_in);  // no later than that
    CHECK(old.gaps.empty());
}

TEST_CASE("bytes that cannot be are refused") {
    std::int64_t number = 0;
    CHECK_FALSE(decodes("", number));
    CHECK_FALSE(decodes(std::string("\x00\x02", 2), number));                      // version 0
    CHECK_FALSE(decodes("\x7f\x02", number));                                      // a version to come
    CHECK_FALSE(decodes("\x01", number));                                          // ends early
    CHECK_FALSE(decodes("\x01\x02\x02", number));                                  // something left over
    CHECK_FALSE(decodes("\x01\x80\x80\x80\x80\x80\x80\x80\x80\x80\x02", number));  // more than 64 bits
    CHECK_FALSE(decodes("\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", number));
    bool flag = false;
    CHECK_FALSE(decodes("\x01\x02", flag));
    std::uint32_t small = 0;
    CHECK_FALSE(decodes(encode(std::int64_t{1} << 40), small));
    std::string text;
    CHECK_FALSE(decodes("\x01\x7fxy", text));  // longer than what is there
    std::vector<std::int64_t> list;
    CHECK_FALSE(decodes("\x01\xff\xff\xff\xff\x0f", list));
    std::variant<Card, Form, Notice> choice;
    CHECK_FALSE(decodes("\x01\x03", choice));
    AlertPolicy policy;
    std::string bytes = encode(AlertPolicy{});
    bytes.back() = 3;  // no such urgency
    CHECK_FALSE(decodes(bytes, policy));
}

TEST_CASE("every beginning of a row is refused") {
    const std::string bytes = encode(sample_alert(1));
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        AlertRow row;
        REQUIRE_FALSE(decodes(std::string_view(bytes).substr(0, size), row));
    }
}

TEST_CASE("garbage does no harm") {
    std::mt19937_64 random{20231114};
    const std::string samples[] = {encode(sample_alert(1)), bytes_of(sample_card("a1", 1, true)),
                                   bytes_of(sample_form()), encode(CommunityRow{{{1, 2}, {-3, 4}}})};
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes;
        if (round % 2 == 0) {
            bytes = "\x01";
            for (auto size = random() % 64; size > 0; --size) bytes.push_back(char(random()));
        } else {
            bytes = samples[random() % std::size(samples)];
            for (auto changes = 1 + random() % 4; changes > 0; --changes)
                bytes[random() % bytes.size()] = char(random());
        }
        survives<AlertRow>(bytes);
        survives<Outgoing>(bytes);
        survives<CommunityRow>(bytes);
        survives<StaffTie>(bytes);
    }
}
