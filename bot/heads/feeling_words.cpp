// How words and signs feel, by our own sense of the language, in tenths from -40 to 40; and the words that
// turn a feeling. All are folded: lower case, no accents, no apostrophes.

#include "bot/heads/feelings.hpp"

namespace rapport::heads {

namespace {

constexpr FeelingList pleasant[]{
    {34,
     "amazing amazingly awesome awesomeness awesomest bestest brilliant brilliantly ecstatic euphoric "
     "excellent excellence exquisite extraordinary fabulous fantastic fantastically flawless flawlessly "
     "glorious gorgeous greatest incredible incredibly magnificent marvelous marvellous masterpiece "
     "miraculous outstanding overjoyed perfect perfection perfectly phenomenal sensational spectacular "
     "splendid stellar stunning stunningly sublime superb superbly terrific thrilled triumph triumphant "
     "wonderful wonderfully adore adored adores adorable blissful heavenly hilarious lovin loveee loove "
     "best elated epic paradise magical"},
    {30,
     "love loved loves loving lovely lover lovers luv beautiful beautifully beauty delight delighted "
     "delightful delightfully dazzling exceptional exceptionally excited excitement exciting fab fav "
     "favorite favourite faves favorites favourites great greatly impressive impressed joy joyful joyous "
     "legendary blessed blessing blessings bliss celebrate celebrated celebrating celebration champion "
     "champions congrats congratulations congratulate divine dreamy enchanted enchanting genius glad "
     "happy happier happiest happily happiness hero heroes heroic hooray hurray yay yaay yayy yippee "
     "woohoo woot wow wowed wonder inspirational inspired inspiring kudos laugh laughed laughing laughs "
     "laughter lmao lmfao rofl breathtaking passionate passion pleasure radiant romantic sweetheart "
     "sweetest thrilling treasure victorious victory wins winner winners winning won yum yummy delicious "
     "tasty scrumptious mesmerizing fascinating elegant elegantly grateful gratitude thankful stoked "
     "pumped hyped gratifying bravo"},
    {23,
     "admire admirable admired admires admiration affection affectionate agreeable alluring amuse amused "
     "amusement amusing appreciate appreciated appreciates appreciating appreciation appreciative angel "
     "angels attractive awe bonus brave bravery bright brighter brightest caring charm charming "
     "charismatic cheer cheered cheerful cheering cheers cherish cherished classy clever compassion "
     "compassionate compliment confident confidence cool coolest cooler courage courageous cozy creative "
     "creativity cuddle cuddles cute cutest cutie dear dearest dream dreams eager ease effortless "
     "effortlessly enjoy enjoyable enjoyed enjoying enjoyment enjoys enthusiasm enthusiastic "
     "entertaining entertained enlighten excite excites faithful fame fine finest flattered fortunate "
     "fortunately freedom friendly friendliest friendship friend friends fun funny funniest funnier "
     "generous generously gentle gift gifted gifts giggle giggles giggling good goodness goodies "
     "gracious grin grinning handsome handy haha hahaha hahahaha hahahah hehe hehehe heart heartfelt "
     "hearts helpful honest honesty honor honored honour honoured hope hoped hopeful hopes hoping hug "
     "hugs hugged humor humour humorous ideal improve improved improvement improvements improves "
     "improving inspiration inspire inspires intelligent interesting invaluable jolly kind kinder "
     "kindness kiss kissed kisses lively lol loool loll lolol loyal loyalty lucky luckily luck magic "
     "masterful merry nice nicely nicer nicest optimistic optimism outgoing peace peaceful playful "
     "pleasant pleased pleasing pleasantly popular positive positively praise praised praises precious "
     "pretty prettier prettiest pride priceless prosper proud proudly promising pure recommend "
     "recommended rejoice relaxed relaxing relief relieved remarkable remarkably rewarding rich rocks "
     "rock rockin satisfied satisfying satisfaction save saved sexy shine shining shiny silky sincere "
     "sleek smart smarter smartest smile smiled smiles smiling smooth smoothly sparkle special spirited "
     "succeed succeeded success successes successful successfully sunny sunshine super support supported "
     "supportive supports surpass surprised sweet sweetie talent talented tender thank thanked thanks "
     "thanx thx thnx ty tysm tq thankyou thoughtful toast treat trust trusted trustworthy useful "
     "valuable value vibrant warm warmth warmly welcome welcomed welcoming well win wise wisdom wish "
     "wished wishes wishing witty worthy worth wisely healthy hot fresh generosity grace graceful "
     "stylish crisp comfortable comfy comfort solid sturdy reliable durable affordable bargain intuitive "
     "superior upgrade upgraded bless darling babe beloved festive party parties partying picnic holiday "
     "vacation weekend gem xoxo xx xxx woo xd xdd"},
    {15,
     "able accept accepted acclaim accomplish accomplished accomplishment achieve achieved achievement "
     "achievements active adequate advantage advantages adventure adventurous agree agreed agrees alive "
     "almighty ambitious approve approved approval assure assured authentic award awarded awards "
     "balanced benefit beneficial benefits better boost boosted calm calming capable care cared cares "
     "careful certain clean cleaner clear clearer clearly comfortably commend commitment committed "
     "compact compatible competent complete consistent convenient convenience cooperative correct "
     "correctly curious decent dedicated defend defended delicate dependable deserve deserved deserves "
     "desire dignity diligent dynamic earn earned easier easiest easily easy educated effective "
     "effectively efficient efficiently encourage encouraged encouragement encouraging endorse energetic "
     "energy engaging enhance enhanced enough entertain exclusive expert fair fairly faith fancy fantasy "
     "fast faster fastest favor favour feature fit fix fixed flexible focused forgive forgiven free "
     "fulfill fulfilled fulfilling gain gained gains genuine genuinely glow grand grow growing growth "
     "guarantee harmony help helped helping helps highlight hilariously hunk important innocent "
     "innovation innovative insight insightful integrity interest interested interests invite invited "
     "inviting irresistible join keen legit lightweight like liked likes liking lifesaver luxury mature "
     "meaningful mercy motivate motivated motivation natural neat noble optimal original paid perky "
     "powerful please plus polite prefer preferred privileged productive profit progress promise "
     "promised promises prompt promptly proper properly protect protected protection quality quick "
     "quickly ready reasonable reasonably recover refreshing resolved respect respected respectful "
     "responsible reward robust safe safely safety secure sensible serene share shared significant "
     "simple simplest simply skill skilled skillful soft solved solution solutions soothing spacious "
     "stable straightforward strength strong stronger strongest sure surprise surprises surprisingly "
     "swag thorough thoroughly tidy tolerant top true truly truth understand unique united unlimited "
     "vital vivid wealth welcomes willing wealthy works worked working workable yes yeah yep yup yess "
     "yesss aww awww aw awh woah whoa swell quiet snug versatile accurate accurately rocking dance "
     "dancing song sing singing birthday christmas music girlfriend boyfriend mom family together home "
     "enjoyably gud gr8 gooood goood soo intrigued intriguing okay ok alright"},
};

constexpr FeelingList unpleasant[]{
    {-34,
     "abomination abhor abhorrent abuse abused abuser abusive agony agonizing appalling atrocious "
     "atrocity awful awfully bastard bastards bitch bitches bitching catastrophe catastrophic cruel "
     "cruelty dead deadly deadliest death despair despicable despise despised detest devastated "
     "devastating devastation die died dies disaster disasters disastrous disgusting disgusted disgust "
     "disgusts disgrace disgraceful dreadful evil fuck fucked fucker fuckers fuckin fucking fuckup fucks "
     "furious garbage ghastly grief gruesome hate hated hateful hates hating hatred hell hellish hideous "
     "homicide horrendous horrible horribly horrid horrific horrified horrifying horror kill killed "
     "killer killing kills loathe loathing loathsome massacre miserable miserably misery monstrous "
     "motherfucker murder murdered murderer murders nazi nazis nightmare nightmares outrage outraged "
     "outrageous pathetic piss raped rape rapist repulsive revolting shit shitty shite bullshit "
     "sickening slaughter slave slavery suicidal suicide suicides terrible terribly terrified terrifying "
     "terror terrorism terrorist terrorists torment torture tortured tragedy tragic traumatic trauma "
     "traumatized unbearable vicious vile violence violent worst wretched asshole assholes dickhead "
     "douche douchebag scum heartbroken heartbreaking wtf crucified heinous excruciating"},
    {-26,
     "abandoned abysmal ache aching afraid aggravate aggravated aggravating aggressive alarm alarming "
     "alone anger angered angers angrier angrily angry anguish annoy annoyed annoying annoys annoyance "
     "anxiety anxious arrogant ashamed assault attacked attacks attack awkward bad badly bankrupt betray "
     "betrayal betrayed bitter bitterly blame blamed bleed bleeding bomb boring bored bores boredom "
     "broken brutal brutally bully bullied bullying bs burden cancer catastrophically cheat cheated "
     "cheater cheating cried cries crime crimes criminal cripple crisis cry crying crap crappy cringe "
     "creep creepy creeps cursed damn damned dammit damnit damage damaged damages damaging danger "
     "dangerous dangerously dark darkest defeat defeated defect defective degrading demon demons depress "
     "depressed depressing depression desperate desperately destroy destroyed destroying destroys "
     "destruction destructive devil disappoint disappointed disappointing disappointment disappoints "
     "disappointingly discrimination disease diseases dishonest disrespect disrespectful distress "
     "distressed distressing disturb disturbed disturbing doom doomed dread dreaded dumb dumbass dumber "
     "dumbest dump embarrass embarrassed embarrassing embarrassment enraged enemy enemies envy fail "
     "failed failing fails failure failures fake fatal fear feared fearful fears fight fights filthy "
     "filth fool fooled foolish fraud fright frightened frightening frustrate frustrated frustrates "
     "frustrating frustratingly frustration fury gloomy gross grotesque guilt guilty harass harassed "
     "harassment harm harmed harmful harsh haunted havoc heartless helpless hopeless hostile humiliate "
     "humiliated humiliating humiliation hurt hurting hurts hypocrite hypocrisy idiot idiotic idiots "
     "ignorance ignorant illegal immoral inferior infuriating injured injury insane insult insulted "
     "insulting insults irritate irritated irritates irritating jealous jealousy jerk jerks junk kicked "
     "lame lawsuit lazy liar liars lie lied lies lying loser losers loss lonely loneliness lousy mad "
     "madness mean meaner menace mess messy misfortune mislead misleading mocking moron moronic morons "
     "mourn mourning nasty negligence neglected nonsense nuisance obnoxious offend offended offensive "
     "oppressed oppression pain pained painful painfully pains panic paranoid persecuted pissed pity "
     "plague poison poisoned poor poorly prison punish punished punishment puke racism racist racists "
     "rage raging regret regrets rejected rejection ridiculous ridiculously ridicule rip ripoff rotten "
     "rubbish rude rudely ruin ruined ruining ruins sad sadder saddest sadly sadness scam scammed "
     "scammer scams scandal scare scared scares scary scream screamed screaming screwed selfish severe "
     "sexist shame shameful shameless shock shocked shocking sick sicker sickness sin sinister sins slap "
     "smelly snob sob sobbing sorrow spite spiteful starving stink stinks stinky stolen steal stealing "
     "stole stress stressed stressful stressing stupid stupidity stupidly suck sucked sucker sucking "
     "sucks sucky suffer suffered suffering suffers sux tears threat threaten threatened threatening "
     "threats thief toxic traitor trapped trash trashy treason ugh ugly uglier ugliest unacceptable "
     "unbearably unfair unfairly unforgivable unfortunate unhappy unhealthy unjust unloved upset "
     "upsetting useless vain vengeance victim victims vomit war wars waste wasted wasteful wasting weep "
     "weeping weird weirdo wicked woe worried worries worry worrying worse worsen worthless wound "
     "wounded wreck wrecked yuck yucky corrupt corruption unusable dying atrociously"},
    {-18,
     "absurd accident accidents accuse accused accuses adverse allergic antagonistic apathetic apathy "
     "argue argued argument arguments arrest arrested ass avoid avoided awry backfire ban banned barrier "
     "battle beaten blind block blocked bloody blow blur blurry bother bothered bothering bothers break "
     "breaking breaks broke bug bugs buggy bugged bunk bust careless catch chaos chaotic cheap cheaply "
     "cheesy clueless clumsy clunky cold collapse collapsed complain complained complaining complaint "
     "complaints complains condemn condemned conflict confuse confused confuses confusing confusion "
     "controversial convict costly coward cracked cracks crash crashed crashes crashing critic criticism "
     "criticize crooked crude crush crushed deceit deceive deceived deceptive decline defects deficient "
     "delay delayed delays delusional demanding denied deny denies deplorable deprived desert devalue "
     "difficult difficulties difficulty dirt dirty disabled disadvantage disadvantages disagree "
     "disagreed disagreement disappear disappeared disapprove discomfort discouraged discouraging "
     "dislike disliked dislikes dismal disorder disorganized dispute dissatisfied distorted distract "
     "distracted distracting distrust divorce dizzy doubt doubtful doubts downside drag dreary drown "
     "drowning drunk dull egotistical error errors evicted excuse excuses exhausted exhausting expensive "
     "exploit faulty fiasco fired fines flaw flawed flaws flop fed flimsy flu forced forget forgot "
     "forgotten freak freaked freaking freeze freezes frigging frozen frown fuss fussy gap garbled "
     "glitch glitches glitchy grave greed greedy grim grumpy gun guns gutted hang hangs hangover hard "
     "hardship harder hassle hassles headache headaches heavy hesitant hinder horny hungry hysterical "
     "ill illness impatient impossible inability inaccurate inadequate incapable incompatible "
     "incompetent incomplete inconsistent inconvenience inconvenient incorrect incorrectly ineffective "
     "inefficient infected infection insecure insomnia insufficient intolerant invalid irrational "
     "irrelevant irresponsible issue issues itchy jail killjoy lack lacked lacking lacks lag laggy lags "
     "lament late leak leaking limitation limited lost lose loses losing meaningless meh melancholy miss "
     "missed misses missing mistake mistaken mistakes misunderstand misunderstood mock moan moody mute "
     "negative negatively nerd nerdy nervous nervously noisy nope obscene obsolete obstacle odd ordeal "
     "outdated overload overpriced overrated overwhelmed overwhelming painstaking penalty perplexed "
     "pessimistic petty phony picky pitiful pointless poverty prejudice pressure pretend pretentious "
     "problem problematic problems protest puzzled quit recession refuse refused refuses refund "
     "regretful reject reluctant resent resentful resign resigned restless restricted return returned "
     "returning risk risks risky rough rumors sadden scarce scratch scratched scratches screw shaky "
     "shallow shortage shortcomings shoot shot shut sigh silly sketchy skeptical slow slower slowest "
     "slowly sluggish smash smug sore sorry spam strain stranded strange struggle struggled struggles "
     "struggling stubborn stuck stumble sues suing suspect suspicious tacky tantrum tense tension tired "
     "tiresome tiring tough toughest tragically trick tricked tricky trivial trouble troubled troubles "
     "troubling unable unaware uncertain unclear uncomfortable undermine undesirable uneasy unemployed "
     "unexpected unfinished unfortunately unfriendly unhelpful uninstall unimpressed uninterested "
     "unknown unlucky unnecessary unpleasant unpopular unprofessional unqualified unreasonable "
     "unreliable unresponsive unsafe unsatisfied unstable unsure unsupported unwanted unwell upsets "
     "vague vanish vulnerable wait warn warned warning warnings weak weaker weakness weaknesses weary "
     "wrong wrongly wronged zombie cruelly sneeze cough fever hurtful hospital funeral nah"},
    {-9,
     "abrupt ambiguous anti apology apologies apologize arguing bizarre blah busy cautious complex "
     "complicated cut cuts debt demand deprecated doubtfully down drop dropped drops empty fall fallen "
     "falling false fell fuzzy gone guess hack hacky haunt hide homework hmm hmmm hopelessly ignore "
     "ignored ignoring inflexible interrupt interrupted jam joke jokes lacklustre leave leaving less let "
     "loud low mediocre monday must naive needy never nothing overly pay rain rainy rather reduce remove "
     "scrap skip sleepy snow spoiled stop stopped strict tedious thirsty traffic unless unlike verbose "
     "void worn workaround yawn yelling yell homesick exam exams"},
};

constexpr FeelingList all_signs[]{
    {22,
     "\U0001F600 \U0001F601 \U0001F602 \U0001F603 \U0001F604 \U0001F605 \U0001F606 \U0001F60A \U0001F60B "
     "\U0001F60D \U0001F60E \U0001F617 \U0001F618 \U0001F619 \U0001F61A \U0001F61C \U0001F61B \U0001F642 "
     "\U0001F643 \U0001F607 \U0001F609 \U0001F60C \U0001F60F \U0001F917 \U0001F923 \U0001F929 \U0001F970 "
     "\U0001F973 \U0001F49C \U0001F49B \U0001F49A \U0001F499 \U0001F5A4 \U0001F9E1 \U0001F90D \u2764 "
     "\U0001F493 \U0001F495 \U0001F496 \U0001F497 \U0001F498 \U0001F49D \U0001F49E \U0001F44D \U0001F44F "
     "\U0001F64C \U0001F64F \U0001F389 \U0001F38A \U0001F38C \U0001F4AA \U0001F525 \u2728 \u2B50 "
     "\U0001F31F \U0001F4AF \U0001F680 \U0001F44C \u263A \u2665 \U0001F388 \U0001F942 \U0001F37B \u270C "
     "\u2600 \U0001F308"},
    {-22,
     "\U0001F620 \U0001F621 \U0001F622 \U0001F623 \U0001F624 \U0001F625 \U0001F628 \U0001F629 \U0001F62A "
     "\U0001F62B \U0001F62D \U0001F62E \U0001F630 \U0001F631 \U0001F633 \U0001F61E \U0001F61F \U0001F612 "
     "\U0001F613 \U0001F614 \U0001F615 \U0001F616 \U0001F627 \U0001F626 \u2639 \U0001F641 \U0001F44E "
     "\U0001F494 \U0001F4A9 \U0001F92C \U0001F92E \U0001F922 \U0001F974 \U0001F644 \U0001F595 \U0001F637 "
     "\U0001F912 \U0001F915 \U0001F480"},
};

constexpr TurnList all_turns[]{
    {Turn::booster,
     "very really so extremely absolutely totally super incredibly too completely fucking freaking damn "
     "insanely most "
     "such quite especially truly highly utterly more deeply fully bloody soo sooo soooo always entirely "
     "hella friggin "
     "effing"},
    {Turn::damper,
     "kinda somewhat slightly little almost sort kind partly occasionally sorta less bit fairly"},
    {Turn::negation,
     "not no never none nothing without cannot hardly barely nor aint cant neither nobody lack lacks isnt "
     "dont wont "
     "doesnt didnt wasnt werent arent couldnt wouldnt shouldnt hasnt havent hadnt"},
    {Turn::but, "but however though except"},
    {Turn::self, "i my im me we"},
    {Turn::other, "you your u"},
    {Turn::thanks,
     "thank thanks thx thnx thanx tnx tks ty tysm tyvm thankyou thankssss thxx danke merci gracias"},
    {Turn::appreciates, "appreciate appreciated appreciative grateful thankful gratitude thankfulness"},
    {Turn::no_thanks, "god gods goodness heavens heaven christ jesus lord allah fuck to"},
};

}  // namespace

std::span<const FeelingList> pleasant_words() {
    return pleasant;
}

std::span<const FeelingList> unpleasant_words() {
    return unpleasant;
}

std::span<const FeelingList> feeling_signs() {
    return all_signs;
}

std::span<const TurnList> turning_words() {
    return all_turns;
}

}  // namespace rapport::heads
