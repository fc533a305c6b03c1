#include "bot/models/base64.hpp"

#include "support/catch.hpp"

using namespace rapport::models;

TEST_CASE("bytes are packed as RFC 4648 has it") {
    const auto packed_text = [](std::string_view text) {
        return to_base64({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    };
    CHECK(packed_text("") == "");
    CHECK(packed_text("f") == "Zg==");
    CHECK(packed_text("fo") == "Zm8=");
    CHECK(packed_text("foobar") == "Zm9vYmFy");
    std::vector<std::uint8_t> bytes;
    CHECK(from_base64("Zm9vYmE=", bytes));
    CHECK(std::string(bytes.begin(), bytes.end()) == "fooba");
    CHECK(!from_base64("Zm9", bytes));
    CHECK(!from_base64("Zm9*", bytes));
}
