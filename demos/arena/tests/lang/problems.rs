//! What is said about wrong programs: each row is a text, with the piece that is blamed between
//! `«` and `»`, and the sentence about it.

use arena::lang::parse;
use text_check::blames;

#[track_caller]
fn check(marked: &str, sentences: &[&str]) {
    blames(|text| parse(text).err().unwrap_or_default(), marked, sentences);
}

const ALL_STATEMENTS: &str =
    "those are `name = …`, push, insert, free, use, reset, repeat and churn";
const ALL_MAKES: &str = "a type, a text, `[u16; 10]`, `bytes 100`, `vec u32`, `map` or `list`";
const ALL_TYPES: &str = "those are u8, u16, u32, u64, f32, f64, char, bool, (), Point, AsWritten, Reordered, Header, Span, Node, CacheLine";

#[test]
fn words_that_are_none() {
    check("«puhs» v", &["`puhs` is not a statement; did you mean `push`?"]);
    check("«Reset»", &["`Reset` is not a statement; did you mean `reset`?"]);
    check("«println» x", &[&format!("`println` is not a statement; {ALL_STATEMENTS}")]);
    check("«let» a = u32", &[&format!("`let` is not a statement; {ALL_STATEMENTS}")]);
    check("«align» 8", &[&format!("`align` is not a statement; {ALL_STATEMENTS}")]);
    check("a = u32\n«a»", &["`a` alone does nothing; write `use a`, `free a` or `a = …`"]);
    check("«a» u32 7", &["`=` is missing after `a`, as in `a = u32`"]);
    check("«a» vec u8", &["`=` is missing after `a`, as in `a = vec u32`"]);
    check("«Point» 1 2", &["`Point` needs a name before it, as in `a = Point`"]);
    check("«vec» u32", &["`vec` needs a name before it, as in `a = vec u32`"]);
    check("«\"hello\"»", &["a text needs a name before it, as in `s = \"hello\"`"]);
    check("«[»u16; 10]", &["an array needs a name before it, as in `xs = [u16; 10]`"]);
    check("«()»", &["`()` needs a name before it, as in `a = ()`"]);
    check("«=» u32", &["`=` needs a name before it, as in `a = u32`"]);
    check(
        "«7» reset\n«'c'» -3",
        &[
            "`7` begins nothing; a statement begins with a word, as in `push v 7`",
            "`'c'` begins nothing; a statement begins with a word, as in `push v 7`",
        ],
    );
    check(
        "«?»\n«]»\n«é»",
        &[
            "`?` means nothing here; take it out",
            "`]` means nothing here; take it out",
            "`é` means nothing here; take it out",
        ],
    );
}

#[test]
fn names() {
    check("count = u32\nfree «cuont»", &["there is no `cuont`; did you mean `count`?"]);
    check("use «it»", &["there is no `it`; make one, as in `it = u32`"]);
    check("push «it» 7", &["there is no `it`; make one, as in `it = vec u32`"]);
    check("insert «it» 7", &["there is no `it`; make one, as in `it = map`"]);
    check("«free» = u32", &["`free` is a word of the language; choose another name"]);
    check("«small» = bytes 16", &["`small` is a word of the language; choose another name"]);
    check("«Point» = Point", &["`Point` is a type; choose another name"]);
    check(
        "«a23456789_123456789_12345» = u32",
        &["this name is too long; a name has at most 24 letters"],
    );
    check(
        "a23456789_123456789_1234 = u32\nfree «a23456789_123456789_12345»",
        &["this name is too long; a name has at most 24 letters"],
    );
    check(
        "«free»\n«use»\n«push»\n«insert»",
        &[
            "`free` needs a name, as in `free a`",
            "`use` needs a name, as in `use a`",
            "`push` needs a `Vec` or a list, as in `push v`",
            "`insert` needs a map, as in `insert m 3`",
        ],
    );
    check(
        "free «u32»\nfree «7»",
        &["`free` needs a name, as in `free a`", "`free` needs a name, as in `free a`"],
    );
    check("a = u8\nfree a «0»", &["there is no `a 0`; the first is `a 1`"]);
    check(
        "a = u8\nuse a «4294967296»",
        &["`4294967296` is out of range; this is a number from 1 to 4294967295"],
    );
    check("a = u8\nuse «all» a", &["`use` reads one at a time; take out `all`"]);
    check("a = u8\nfree a 2 «3»", &["`3` is too much; the statement ends before it"]);
    check("a = u8\nfree all a «2»", &["`free all` frees each of them; take out this number"]);
}

#[test]
fn all_of_a_name_are_the_same() {
    let same = "all of one name are alike, so choose another";
    check("a = u32\n«a» = u64", &[&format!("`a` is a value of type `u32` (line 1); {same}")]);
    check(
        "# first\nv = vec u8 4\n«v» = vec u16",
        &[&format!("`v` is a `Vec` of `u8` (line 2); {same}")],
    );
    check("s = \"x\"\n«s» = [u8; 3]", &[&format!("`s` is a text (line 1); {same}")]);
    check("s = [u8; 3]\n«s» = map", &[&format!("`s` is an array of `u8` (line 1); {same}")]);
    check("s = map 3\n«s» = list", &[&format!("`s` is a map (line 1); {same}")]);
    check("s = list\n«s» = bytes 3", &[&format!("`s` is a list (line 1); {same}")]);
    check("s = bytes 3\n«s» = \"x\"", &[&format!("`s` is a block of bytes (line 1); {same}")]);
}

#[test]
fn what_can_be_pushed_to() {
    check(
        "push «a» 7\na = u32",
        &["`a` is a value of type `u32` (line 2); `push` is for a `Vec` or a list"],
    );
    check("m = map\npush «m» 7", &["`m` is a map (line 1); write `insert m 3` instead"]);
    check("v = vec u8\ninsert «v» 7", &["`v` is a `Vec` of `u8` (line 1); write `push v` instead"]);
    check("l = list\ninsert «l» 7", &["`l` is a list (line 1); write `push l` instead"]);
    check("s = \"x\"\ninsert «s» 7", &["`s` is a text (line 1); `insert` is for a map"]);
    check("m = map\n«insert» m", &["`insert` needs a key, as in `insert m 3`"]);
    check("m = map\ninsert m «x»", &["`insert` needs a key, as in `insert m 3`"]);
    check(
        "m = map\ninsert m «-1»\ninsert m 1 «4294967296»\ninsert m «1.5»",
        &[
            "`-1` is out of range; this is a number from 0 to 4294967295",
            "`4294967296` is out of range; this is a number from 0 to 4294967295",
            "`1.5` is no whole number; write one from 0 to 4294967295",
        ],
    );
    check("m = map\ninsert m 1 2 «3»", &["`3` is too much; the statement ends before it"]);
}

#[test]
fn what_is_made() {
    check("a «=»", &[&format!("after `=` comes what is made: {ALL_MAKES}")]);
    check("a «=»\nb = u8", &[&format!("after `=` comes what is made: {ALL_MAKES}")]);
    check("a = «align»", &[&format!("`align` makes nothing; write {ALL_MAKES}")]);
    check("a = «=»", &[&format!("`=` makes nothing; write {ALL_MAKES}")]);
    check("a = «i32» 7", &["there is no type `i32`; did you mean `u32`?"]);
    check("a = «pont» 1 2", &["there is no type `pont`; did you mean `Point`?"]);
    check("a = «Vec» u32", &["there is no type `Vec`; did you mean `vec`?"]);
    check("a = «String»", &[&format!("there is no type `String`; {ALL_TYPES}")]);
    check("a = «7»", &["write the type before a value, as in `u32 7`"]);
    check("a = «-1.5»", &["write the type before a value, as in `f32 -1.5`"]);
    check("a = «'c'»", &["write the type before a value, as in `char 'c'`"]);
    check("a = «true»", &["write the type before a value, as in `bool true`"]);
    check("a = «\"hello»\nb = u32", &["the second quote is missing on this line"]);

    check("a = «[»", &["`[` needs a type and how many, as in `[u16; 10]`"]);
    check("a = [«7»]", &["`[` needs a type and how many, as in `[u16; 10]`"]);
    check("a = [«Foo»; 7]", &[&format!("there is no type `Foo`; {ALL_TYPES}")]);
    check("a = [u16«]»", &["an array needs how many, as in `[u16; 10]`"]);
    check("a = [u16; «x»]", &["an array needs how many, as in `[u16; 10]`"]);
    check("a = «[»u16; 10", &["the `]` is missing, as in `[u16; 10]`"]);
    check("a = «[»u16; 10\nb = u8", &["the `]` is missing, as in `[u16; 10]`"]);
    check("a = [u16; 10 «20»]", &["the `]` is missing, as in `[u16; 10]`"]);
    check(
        "a = [u16; «-1»]\nb = [u8; «4294967296»]",
        &[
            "`-1` is out of range; this is a number from 0 to 4294967295",
            "`4294967296` is out of range; this is a number from 0 to 4294967295",
        ],
    );

    check("a = «bytes»", &["`bytes` needs how many, as in `raw = bytes 100`"]);
    check("a = bytes «x»", &["`bytes` needs how many, as in `raw = bytes 100`"]);
    check("a = bytes 9 «align»", &["`align` needs a power of two, as in `align 64`"]);
    check("a = bytes 9 align «3»", &["3 is not a power of two; 2 or 4 would be"]);
    check("a = bytes 9 align «0»", &["0 is not a power of two; 1 would be"]);
    check("a = bytes 9 align «40_000»", &["40000 is not a power of two; 32768 or 65536 would be"]);
    check(
        "a = bytes 9 align «131072»",
        &["`131072` is out of range; this is a number from 0 to 65536"],
    );
    check("a = bytes 9 «64»", &["`64` is too much; the statement ends before it"]);

    check("v = «vec»", &["`vec` needs a type, as in `v = vec u32`"]);
    check("v = vec «16»", &["`vec` needs a type, as in `v = vec u32`"]);
    check("v = vec «Pint»", &["there is no type `Pint`; did you mean `Point`?"]);
    check("v = vec «map»", &[&format!("there is no type `map`; {ALL_TYPES}")]);
    check(
        "v = vec u8 «-1»\nm = map «1.5»",
        &[
            "`-1` is out of range; this is a number from 0 to 4294967295",
            "`1.5` is no whole number; write one from 0 to 4294967295",
        ],
    );
    check("m = map «u32»", &["`u32` is too much; the statement ends before it"]);
    check("l = list «Node»", &["`Node` is too much; the statement ends before it"]);
}

#[test]
fn values() {
    check("a = u8 «300»", &["`300` is out of range of `u8`; write a number from 0 to 255"]);
    check("a = u16 «-1»", &["`-1` is out of range of `u16`; write a number from 0 to 65535"]);
    check(
        "a = u64 «18446744073709551616»",
        &[
            "`18446744073709551616` is out of range of `u64`; write a number from 0 to 18446744073709551615",
        ],
    );
    check(
        "a = u32 «1.5»",
        &["`1.5` is no value of type `u32`; write a number from 0 to 4294967295"],
    );
    check(
        "a = u32 «20ms»",
        &["`20ms` is no value of type `u32`; write a number from 0 to 4294967295"],
    );
    check("a = u8 «'c'»", &["`'c'` is no value of type `u8`; write a number from 0 to 255"]);
    check("a = u8 «seven»", &["`seven` is no value of type `u8`; write a number from 0 to 255"]);
    check("a = f32 «1e3»", &["`1e3` is no value of type `f32`; write a number as in `1.5`"]);
    check(
        "a = f64 «0.123456789»",
        &["`0.123456789` has too many digits; a number has at most 15, 8 of them after the point"],
    );
    check("a = char «c»", &["`c` is no value of type `char`; write a character as in `'c'`"]);
    check(
        "a = char «\"c\"»",
        &["`\"c\"` is no value of type `char`; write a character as in `'c'`"],
    );
    check("a = char «\"c»", &["the second quote is missing on this line"]);
    check("a = bool «1»", &["`1` is no value of type `bool`; write `true` or `false`"]);
    check("a = () «1»", &["`()` takes no value; here is 1"]);
    check("a = u8 7 «8»", &["`u8` takes one value; here are 2"]);
    check("a = CacheLine 7 «8 9»", &["`CacheLine` takes one value, `counter`; here are 3"]);
    check("p = Point «1.5»", &["`Point` takes 2 values, `x` and `y`; here is 1"]);
    check("p = Point 1.5 2 «3 4»", &["`Point` takes 2 values, `x` and `y`; here are 4"]);
    check(
        "p = Span «1 2 3»",
        &["`Span` takes 4 values, `from.x`, `from.y`, `to.x` and `to.y`; here are 3"],
    );
    check(
        "p = Header «1 2»",
        &["`Header` takes 3 values, `version`, `length` and `flags`; here are 2"],
    );
    check("p = Point 1.5«,» 2", &["take out this comma; values stand side by side"]);
    check(
        "p = Point «{» x: 1.5, y: 2 }\nreset",
        &["write the values alone, side by side, as in `Point 1.5 -2`"],
    );
    check("p = Point«(»1.5, 2)", &["`(` means nothing here; take it out"]);
    check(
        "v = vec u8\npush v «256»",
        &["`256` is out of range of `u8`; write a number from 0 to 255"],
    );
    check("v = vec u8\npush v 1 «2»", &["`u8` takes one value; here are 2"]);
    check(
        "v = vec u8\npush v «v»",
        &["`v` is no value of type `u8`; write a number from 0 to 255"],
    );
    check("l = list\npush l 1 «2»", &["`u32` takes one value; here are 2"]);
    let long = "9".repeat(60);
    check(
        &format!("a = u8 «{long}»"),
        &[&format!("`{}…` is out of range of `u8`; write a number from 0 to 255", &long[..40])],
    );
}

#[test]
fn blocks() {
    check("repeat 3 «{» reset", &["this block is not closed; a `}` is missing"]);
    check("repeat 3 { repeat 2 «{» reset", &["this block is not closed; a `}` is missing"]);
    check("reset «}» reset", &["this `}` closes nothing; take it out"]);
    check("«repeat» 3", &["`repeat` needs a block: `repeat 8 { … }`"]);
    check("«repeat» { reset }", &["`repeat` needs how many times, as in `repeat 8 { … }`"]);
    check(
        "repeat «x» { «rest» }",
        &[
            "`repeat` needs how many times, as in `repeat 8 { … }`",
            "`rest` is not a statement; did you mean `reset`?",
        ],
    );
    check(
        "repeat 3 «times» { reset }",
        &["`times` is too much; after the number comes the block: `{ … }`"],
    );
    check("repeat «0» { reset }", &["`0` is out of range; this is a number from 1 to 100000"]);
    check(
        "repeat «100001» { reset }",
        &["`100001` is out of range; this is a number from 1 to 100000"],
    );
    check("repeat 3 «{» }", &["this block is empty; write a statement into it"]);
    check("repeat 3 { «rest» }", &["`rest` is not a statement; did you mean `reset`?"]);
    check("«{» reset }", &["this block belongs to nothing; write `repeat 8` before it"]);
    check("reset «{» reset }", &["this block belongs to nothing; write `repeat 8` before it"]);
    check(
        "«repaet» 3 {\n  «rest»\n}",
        &[
            "`repaet` is not a statement; did you mean `repeat`?",
            "`rest` is not a statement; did you mean `reset`?",
        ],
    );
    check("reset «,» reset", &["`,` means nothing here; take it out"]);
    check(
        "reset «now»\n«rest»",
        &[
            "`now` is too much; the statement ends before it",
            "`rest` is not a statement; did you mean `reset`?",
        ],
    );
}

#[test]
fn memory() {
    check("reset\n«memory» 4096", &["`memory` stands once, before all other statements"]);
    check("memory 1\n«memory» 1", &["`memory` stands once, before all other statements"]);
    check("repeat 2 { «memory» 1 }", &["`memory` stands once, before all other statements"]);
    check("«memory»", &["`memory` needs how many bytes, as in `memory 4096`"]);
    check("memory «lots»", &["`memory` needs how many bytes, as in `memory 4096`"]);
    check("memory «0»", &["`0` is out of range; this is a number from 1 to 16777216"]);
    check(
        "memory «16777217»",
        &["`16777217` is out of range; this is a number from 1 to 16777216"],
    );
    check("memory 4096 «bytes»\nreset", &["`bytes` is too much; the statement ends before it"]);
}

#[test]
fn churn() {
    check("«churn»", &["`churn` needs how many, as in `churn 1000 even 16 to 256`"]);
    check("churn «even» 16 to 256", &["`churn` needs how many, as in `churn 1000 even 16 to 256`"]);
    let spread =
        "`churn` needs how its sizes are spread: `even`, `small` or `two`, as in `even 16 to 256`";
    check("«churn» 9", &[spread]);
    check("churn 9 «16» to 256", &[spread]);
    check("churn 9 «evn» 16 to 256", &["`evn` is no spread of sizes; did you mean `even`?"]);
    check("«churn» 9 even", &["the least size is missing, as in `even 16 to 256`"]);
    check("«churn» 9 even 16", &["`to` is missing, as in `even 16 to 256`"]);
    check("churn 9 even 16 «256»", &["`to` is missing, as in `even 16 to 256`"]);
    check("«churn» 9 even 16 to", &["`to` needs the greatest size, as in `16 to 256`"]);
    check("churn 9 even «256 to 16»", &["256 is more than 16; write `16 to 256`"]);
    check(
        "churn 9 even «0» to 16",
        &["`0` is out of range; this is a number from 1 to 4294967295"],
    );
    check("churn 9 two 8 to 9 «live»", &["`live` needs a number, as in `live 7`"]);
    check(
        "churn 9 two 8 to 9 live «0»",
        &["`0` is out of range; this is a number from 1 to 4294967295"],
    );
    check("churn 9 two 8 to 9 seed «x»", &["`seed` needs a number, as in `seed 7`"]);
    check("churn 9 two 8 to 9 seed 1 «seed» 2", &["`seed` is there already; take out one of them"]);
    check("churn 9 two 8 to 9 «10»", &["`10` is too much; the statement ends before it"]);
    check("churn «0» even 8 to 9", &["`0` is out of range; this is a number from 1 to 4294967295"]);
}

#[test]
fn several_problems_are_told_at_once_in_their_order() {
    check(
        "a = «u33»\nfree «b»\nrepeat 2 {\n    push «a»\n    «usee» a\n}\na = bytes 1 align «5»\nuse a",
        &[
            "there is no type `u33`; did you mean `u32`?",
            "there is no `b`; make one, as in `b = u32`",
            "`a` is a block of bytes (line 7); `push` is for a `Vec` or a list",
            "`usee` is not a statement; did you mean `use`?",
            "5 is not a power of two; 4 or 8 would be",
        ],
    );
}
