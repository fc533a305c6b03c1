#include "support/slack_house.hpp"

const bool rapport::test::house_is_over_http = false;
