import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from jiceng.core.names import bigrams, readings, simplified

PLACES = """
乐清市 yue qing shi
乐成街道 yue cheng jie dao
台州市 tai zhou shi
丽水市 li shui shi
大峃镇 da xue zhen
瞿溪街道 qu xi jie dao
百丈漈镇 bai zhang ji zhen
七都街道 qi du jie dao
澄沙桥社区 cheng sha qiao she qu
长兴县 chang xing xian
嵊州市 sheng zhou shi
诸暨市 zhu ji shi
会稽山 kuai ji shan
闵行区 min hang qu
莘庄镇 xin zhuang zhen
长宁区 chang ning qu
六合区 lu he qu
盐都区 yan du qu
盱眙县 xu yi xian
甪直镇 lu zhi zhen
浒墅关镇 xu shu guan zhen
六安市 lu an shi
蚌埠市 beng bu shi
蚌山区 beng shan qu
亳州市 bo zhou shi
涡阳县 guo yang xian
枞阳县 zong yang xian
歙县 she xian
黟县 yi xian
天长市 tian chang shi
长丰县 chang feng xian
厦门市 xia men shi
马尾区 ma wei qu
长乐区 chang le qu
将乐县 jiang le xian
长泰区 chang tai qu
铅山县 yan shan xian
婺源县 wu yuan xian
都昌县 du chang xian
宁都县 ning du xian
单县 shan xian
莘县 shen xian
乐陵市 lao ling shi
东阿县 dong e xian
长清区 chang qing qu
临朐县 lin qu xian
浚县 xun xian
中牟县 zhong mu xian
泌阳县 bi yang xian
渑池县 mian chi xian
荥阳市 xing yang shi
漯河市 luo he shi
召陵区 shao ling qu
长垣市 chang yuan shi
乐亭县 lao ting xian
井陉县 jing xing xian
蔚县 yu xian
大城县 dai cheng xian
大厂回族自治县 da chang hui zu zi zhi xian
任丘市 ren qiu shi
泊头市 bo tou shi
望都县 wang du xian
什刹海街道 shi cha hai jie dao
洪洞县 hong tong xian
长治市 chang zhi shi
长子县 zhang zi xian
繁峙县 fan shi xian
解州镇 xie zhou zhen
柞水县 zha shui xian
吴堡县 wu bu xian
栎阳街道 yue yang jie dao
佛坪县 fo ping xian
朝阳区 chao yang qu
长海县 chang hai xian
长白朝鲜族自治县 chang bai chao xian zu zi zhi xian
珲春市 hun chun shi
穆棱市 mu ling shi
克什克腾旗 ke shi ke teng qi
商都县 shang du xian
黄陂区 huang pi qu
曾都区 zeng du qu
监利市 jian li shi
耒阳市 lei yang shi
番禺区 pan yu qu
大埔县 da bu xian
佛冈县 fo gang xian
花都区 hua du qu
龙圩区 long xu qu
长寿区 chang shou qu
丰都县 feng du xian
犍为县 qian wei xian
筠连县 jun lian xian
荥经县 ying jing xian
什邡市 shi fang shi
都匀市 du yun shi
尉犁县 yu li xian
伽师县 jia shi xian
阿图什市 a tu shi shi
阿勒泰市 a le tai shi
乾县 qian xian
""".strip().splitlines()


@pytest.mark.parametrize("line", PLACES)
def test_reads_a_place_as_its_people_do(line):
    name, *syllables = line.split()

    assert readings(name) == ("".join(syllables), "".join(s[0] for s in syllables))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("市长", "shizhang"),  # a common word keeps its reading
        ("里仁", "liren"),
        ("吕梁", "lvliang"),
        ("樂清市", "yueqingshi"),  # traditional characters
        ("乐 清 市", "yueqingshi"),
        ("Ａ座１２", "azuo12"),
        ("乐", "le"),
        ("\ue170", "\ue170"),  # a character of some office's own font
        ("", ""),
    ],
)
def test_reads_what_is_no_plain_place_name(name, expected):
    assert readings(name)[0] == expected


PIECES = st.one_of(
    st.sampled_from(sorted(PHRASES_DICT)),
    st.sampled_from([line.split()[0] for line in PLACES]),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
    st.text(max_size=3),
)


@given(st.lists(PIECES, max_size=5).map("".join))
def test_reads_word_by_word_as_the_whole_at_once(name):
    pinyin, initials = readings(name)  # teaches the places before the reader is asked
    whole = lazy_pinyin(simplified(name), errors=list)

    assert (pinyin, initials) == ("".join(whole), "".join(one[0] for one in whole))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("樂清", "乐清"),
        ("龍港鎮", "龙港镇"),
        ("臺州", "台州"),
        ("後宅", "后宅"),
        ("乐清", "乐清"),
        ("乾县", "乾县"),
        ("乐　清 市\n", "乐清市"),
        ("ＡＢ１２（东）", "ab12(东)"),  # noqa: RUF001
        ("330382", "330382"),
        ("YueQing", "yueqing"),
        ("", ""),
    ],
)
def test_writes_a_name_as_it_is_searched(text, expected):
    assert simplified(text) == expected


# 薴 alone becomes simplified in two steps.
CHARACTERS = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5, exclude_characters="薴")


@given(st.text(CHARACTERS, max_size=20))
def test_changes_nothing_that_is_already_as_it_is_searched(text):
    once = simplified(text)

    assert simplified(once) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", []), ("乐", ["乐"]), ("乐清", ["乐清"]), ("乐清市", ["乐清", "清市"])],
)
def test_takes_pairs_of_neighbours(text, expected):
    assert list(bigrams(text)) == expected


@given(st.text(min_size=2, max_size=20), st.data())
def test_finds_any_part_of_two_or_more_by_its_pairs(text, data):
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))

    assert set(bigrams(text[start:end])) <= set(bigrams(text))
