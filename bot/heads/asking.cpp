#include "bot/heads/asking.hpp"

#include <cmath>

#include "bot/heads/feelings.hpp"
#include "bot/reading/scan.hpp"

namespace rapport::heads {

namespace {

constexpr std::array<std::string_view, sign_count> sign_names{"one",
                                                              "question_mark",
                                                              "asks",
                                                              "thanks",
                                                              "thanks_and_asks",
                                                              "long_thanks",
                                                              "settles",
                                                              "settles_and_asks",
                                                              "trouble",
                                                              "trouble_and_thanks",
                                                              "says_little",
                                                              "no_words",
                                                              "few_words",
                                                              "concrete",
                                                              "gratitude"};

/// As the scanner cuts them: "I'll" is two words, "don't" is one.
constexpr std::string_view settling =
    "makes sense|make sense now|makes total sense|makes perfect sense|makes more sense|made sense|got "
    "it|gotcha|"
    "i see|will do|copy that|roger|nevermind|never mind|nvm|no worries|no problem|np|it works|it worked|that "
    "works|"
    "that worked|mine works|mine worked|this worked|works now|working now|works fine|it s working|solved it|"
    "fixed it|found it|found the|found what|found out|let me check|let me try|let me see|let me look|ll "
    "try|ll check|"
    "ll look|ll give|ll have|ll do|ll see|ll read|ll test|ll investigate|ll debug|ill try|ill check|ill look|"
    "will try|will check|will look|will test|will debug|will investigate|let s try|gonna try|going to try|"
    "one moment|one sec|one second|one minute|a moment|a sec|a second|a minute|a min|hold "
    "on|wait|checking|brb|"
    "good day|nice day|great day|good night|good evening|nice evening|good weekend|nice weekend|good "
    "one|good idea|"
    "good point|good question|great idea|great question|sorry for|my bad|ignore my|ignore that|oops|youre "
    "right|"
    "you right|you are right|were right|was right|good to know|agree|agreed|i get it|i understand|understood|"
    "now i get|it clear|all clear|that s what|thats what|that is what|that s all|thats all|that is all|"
    "another option|was going to|didnt notice|i missed|ah ok|aw ok|oh ok|bye|cya|see you|have "
    "fun|rofl|lol|haha|hehe";
constexpr std::string_view thanking =
    "thank|thanks|thx|thnx|thanx|tnx|ty|tysm|cheers|appreciate|appreciated|apreciated|appriciated|thankyou|"
    "danke|merci|gracias|obrigado|obrigada|grazie|bedankt|spasibo";
constexpr std::string_view troubles =
    "error|errors|fail|fails|failed|failing|failure|cant|cannot|wont|doesnt|isnt|not work|not working|not "
    "work|"
    "wrong|issue|issues|problem|problems|unable|stuck|dont know|dont understand|dont "
    "get|weird|strange|confused|"
    "but i get|undefined|exception|broken|crash|crashes|rejected|declined|no idea|not sure|lost";
constexpr std::string_view answering = "yes|yeah|yep|yup|no|nope|nah|correct|ja|nein|oui|non|si";

/// What common sense says, in the order of Sign.
constexpr AskingWeights common_sense{1.5F, 2.5F, 1, -2, 1, 0.5F, -3, 1.5F, 1, 0.5F, -3, -3, -0.5F, 0.5F, -1};

/// Hears the words and looks for phrases.
class PhraseListener {
public:
    PhraseListener(const reading::Lexicon& lexicon, const PhraseSet& settled, const PhraseSet& thanks,
                   const PhraseSet& trouble, const PhraseSet& answers)
        : lexicon_(lexicon), settled_(settled), thanks_(thanks), trouble_(trouble), answers_(answers) {}

    void word(const reading::Word& word) {
        if (word.handle) return;
        const std::uint64_t one = PhraseSet::follow(0, word.hash);
        const std::uint64_t two = PhraseSet::follow(PhraseSet::follow(0, last_), word.hash);
        const std::uint64_t three =
            PhraseSet::follow(PhraseSet::follow(PhraseSet::follow(0, before_), last_), word.hash);
        const auto any = [&](const PhraseSet& set) { return set.has(one) || set.has(two) || set.has(three); };
        settles = settles || any(settled_);
        thanks = thanks || thanks_.has(one);
        trouble = trouble || any(trouble_);
        answers_first = answers_first || (words <= 1 && answers_.has(one));
        number = number || (word.digit && word.folded.size() >= 4);
        before_ = last_;
        last_ = word.hash;
        if (word.end - word.begin < 2) return;  // the mouth of a face, more often than not
        ++words;
        constexpr std::uint32_t light = reading::filler | reading::thanks | reading::praise;
        const reading::Meaning* meaning = lexicon_.find(word.hash);
        if (meaning != nullptr && (meaning->roles & light) != 0) ++light_words;
    }
    void mark(reading::Sort sort) { questions += sort == reading::Sort::question ? 1U : 0U; }
    void emoji(char32_t) {}
    void link(std::size_t) { concrete = true; }
    void separator(char sign) { concrete = concrete || sign == '`' || sign == '{' || sign == '#'; }

    unsigned words = 0, light_words = 0, questions = 0;
    bool settles = false, thanks = false, trouble = false, answers_first = false, number = false,
         concrete = false;

private:
    const reading::Lexicon& lexicon_;
    const PhraseSet& settled_;
    const PhraseSet& thanks_;
    const PhraseSet& trouble_;
    const PhraseSet& answers_;
    std::uint64_t last_ = 0, before_ = 0;
};

}  // namespace

std::string_view name_of(Sign sign) noexcept {
    return sign_names[static_cast<std::size_t>(sign)];
}

PhraseSet::PhraseSet(std::string_view phrases) {
    while (!phrases.empty()) {
        const std::size_t end = std::min(phrases.find('|'), phrases.size());
        std::uint64_t hash = 0;
        each_word(phrases.substr(0, end),
                  [&](std::string_view word) { hash = follow(hash, reading::word_hash(word)); });
        std::size_t at = hash % slots_.size();
        while (slots_[at] != 0 && slots_[at] != hash) at = (at + 1) % slots_.size();
        slots_[at] = hash;
        phrases.remove_prefix(std::min(end + 1, phrases.size()));
    }
}

Asking::Asking()
    : brands_({}), settled_(settling), thanks_(thanking), trouble_(troubles), answers_(answering) {}

Signs Asking::signs_of(std::string_view text, float gratitude) const {
    reading::Evidence found;
    reading::gather(text, lexicon_, brands_, found);
    PhraseListener heard{lexicon_, settled_, thanks_, trouble_, answers_};
    reading::Scanner<PhraseListener>{text, heard}.run();
    const bool mark = heard.questions > 0;
    const bool asks = found.leads > 0 || found.requests > 0 || found.has(reading::seeks) ||
                      (found.has(reading::please) && found.words > 1);
    const bool thanks = heard.thanks || found.has(reading::thanks);
    const bool trouble = heard.trouble || found.failures > 0 || found.has(reading::broken);
    const bool little = heard.words > 0 && heard.words <= 6 && heard.light_words * 5 >= heard.words * 3 &&
                        !heard.answers_first;
    Signs signs{};
    const auto set = [&](Sign sign, bool is) { signs[static_cast<std::size_t>(sign)] = is ? 1.0F : 0.0F; };
    set(Sign::one, true);
    set(Sign::question_mark, mark);
    set(Sign::asks, asks && !mark);
    set(Sign::thanks, thanks);
    set(Sign::thanks_and_asks, thanks && (mark || asks));
    set(Sign::long_thanks, thanks && found.words > 12);
    set(Sign::settles, heard.settles);
    set(Sign::settles_and_asks, heard.settles && (mark || asks));
    set(Sign::trouble, trouble);
    set(Sign::trouble_and_thanks, trouble && thanks);
    set(Sign::says_little, little);
    set(Sign::no_words, heard.words == 0 && !heard.concrete);
    set(Sign::few_words, heard.words <= 3);
    set(Sign::concrete, heard.concrete || heard.number);
    signs[static_cast<std::size_t>(Sign::gratitude)] = gratitude;
    return signs;
}

float asking_score(const AskingWeights& weights, const Signs& signs) {
    float sum = 0;
    for (std::size_t i = 0; i < sign_count; ++i) sum += weights[i] * signs[i];
    return 1 / (1 + std::exp(-sum));
}

AskingWeights fit_asking(const std::vector<Signs>& examples, const std::vector<float>& asked) {
    constexpr int rounds = 400;
    constexpr float step = 0.05F, decay = 0.3F;
    AskingWeights weights = common_sense;
    for (int round = 0; round < rounds; ++round) {
        Signs slope{};
        for (std::size_t i = 1; i < sign_count; ++i) slope[i] = decay * (weights[i] - common_sense[i]);
        for (std::size_t k = 0; k < examples.size(); ++k) {
            const float wrong = asking_score(weights, examples[k]) - asked[k];
            for (std::size_t i = 0; i < sign_count; ++i) slope[i] += wrong * examples[k][i];
        }
        for (std::size_t i = 0; i < sign_count; ++i) weights[i] -= step * slope[i];
    }
    return weights;
}

}  // namespace rapport::heads
