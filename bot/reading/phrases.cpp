#include "bot/reading/phrases.hpp"

#include <span>

#include "bot/reading/lexicon.hpp"

namespace rapport::reading {

namespace {

struct Phrase {
    std::string_view text;
    std::uint32_t roles;
    int valence;
};

constexpr Phrase japanese[] = {
    {"ですか", asks, 0},         {"ますか", asks, 0},         {"でしょうか", asks, 0},
    {"ませんか", asks, 0},       {"教えて", seeks, 0},        {"どうやって", asks, 0},
    {"どうすれば", asks, 0},     {"なぜ", asks, 0},           {"ください", please, 0},
    {"下さい", please, 0},       {"お願い", please, 0},       {"ほしい", please, 0},
    {"ありがとう", thanks, 15},  {"感謝", thanks, 15},        {"助かりました", thanks, 15},
    {"エラー", problem, -12},    {"動かない", broken, -15},   {"動きません", broken, -15},
    {"できません", broken, -10}, {"できない", broken, -10},   {"不具合", broken, -15},
    {"バグ", broken, -15},       {"落ちる", broken, -15},     {"失敗", broken, -15},
    {"素晴らしい", praise, 25},  {"最高", praise, 25},        {"大好き", praise, 22},
    {"便利", praise, 18},        {"ひどい", complaint, -22},  {"最悪", complaint, -25},
    {"残念", complaint, -18},    {"こんにちは", greeting, 0}, {"はじめまして", greeting, 0},
    {"おはよう", greeting, 0},
};
constexpr Phrase chinese[] = {
    {"吗", asks, 0},          {"嗎", asks, 0},       {"怎么", asks, 0},        {"怎麼", asks, 0},
    {"如何", asks, 0},        {"为什么", asks, 0},   {"為什麼", asks, 0},      {"什么时候", asks, 0},
    {"请问", seeks, 0},       {"請問", seeks, 0},    {"请", please, 0},        {"麻烦", please, 0},
    {"谢谢", thanks, 15},     {"謝謝", thanks, 15},  {"感谢", thanks, 15},     {"错误", problem, -12},
    {"錯誤", problem, -12},   {"报错", broken, -12}, {"无法", broken, -12},    {"無法", broken, -12},
    {"失败", broken, -15},    {"崩溃", broken, -18}, {"太棒", praise, 25},     {"喜欢", praise, 18},
    {"很好", praise, 18},     {"优秀", praise, 22},  {"糟糕", complaint, -22}, {"失望", complaint, -20},
    {"垃圾", complaint, -25}, {"你好", greeting, 0}, {"您好", greeting, 0},    {"大家好", greeting, 0},
};
constexpr Phrase korean[] = {
    {"나요", asks, 0},        {"까요", asks, 0},      {"습니까", asks, 0},    {"어떻게", asks, 0},
    {"인가요", asks, 0},      {"주세요", please, 0},  {"부탁", please, 0},    {"감사", thanks, 15},
    {"고마", thanks, 15},     {"오류", problem, -12}, {"에러", problem, -12}, {"문제", problem, -12},
    {"안 돼", broken, -12},   {"안돼", broken, -12},  {"버그", broken, -15},  {"실패", broken, -15},
    {"최고", praise, 25},     {"훌륭", praise, 25},   {"좋아", praise, 18},   {"최악", complaint, -25},
    {"실망", complaint, -20}, {"안녕", greeting, 0},
};
constexpr Phrase arabic[] = {
    {"من فضلك", please, 0},  {"الرجاء", please, 0}, {"لو سمحت", please, 0},   {"شكر", thanks, 15},
    {"مشكلة", problem, -12}, {"خطأ", problem, -12}, {"لا يعمل", broken, -15}, {"لا تعمل", broken, -15},
    {"فشل", broken, -15},    {"رائع", praise, 25},  {"ممتاز", praise, 25},    {"السلام عليكم", greeting, 0},
};
constexpr Phrase thai[] = {
    {"ไหม", asks, 0},      {"อย่างไร", asks, 0},    {"ยังไง", asks, 0},        {"ช่วย", seeks, 0},
    {"ขอบคุณ", thanks, 15}, {"ปัญหา", problem, -12}, {"ผิดพลาด", problem, -12}, {"สวัสดี", greeting, 0},
};

std::span<const Phrase> phrases_of(Script script) {
    switch (script) {
        case Script::hiragana:
        case Script::katakana:
            return japanese;
        case Script::han:
            return chinese;
        case Script::hangul:
            return korean;
        case Script::arabic:
            return arabic;
        case Script::thai:
            return thai;
        default:
            return {};
    }
}

}  // namespace

std::uint32_t phrase_roles(std::string_view text, Script script, int& valence) {
    std::uint32_t roles = 0;
    for (const Phrase& phrase : phrases_of(script)) {
        if (text.find(phrase.text) == std::string_view::npos) continue;
        roles |= phrase.roles;
        valence += phrase.valence;
    }
    return roles;
}

}  // namespace rapport::reading
