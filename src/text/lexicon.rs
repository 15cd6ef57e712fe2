//! Phrases compiled into one automaton over words, and the search for them.
//!
//! Every word of a text is looked up once in a byte trie and given its *symbols*: the words, stems,
//! classes and sets of the phrases that it satisfies. The automaton then walks symbols, so its cost does
//! not grow with the number of phrases, and a text is read in time linear in its length.

use super::pattern::{Atom, Item, sequences};
use super::token::{Break, Tokens};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// A compiled symbol.
pub type Symbol = u32;
const NUMBER: Symbol = 0;
const NONE: u32 = u32::MAX;
/// Words shorter than this are never forgiven a misspelling.
const SHORTEST_FORGIVEN: usize = 6;

/// A phrase found: words `start..end`, and the tag it was added with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// What [`LexiconBuilder::phrase`] was told.
    pub tag: u32,
    /// First word.
    pub start: u32,
    /// One past the last word.
    pub end: u32,
}

/// The symbols of every word of a text.
#[derive(Clone, Debug, Default)]
pub struct Symbols {
    ranges: Vec<(u32, u32)>,
    flat: Vec<Symbol>,
}

impl Symbols {
    /// Those of one word.
    pub fn of(&self, at: usize) -> &[Symbol] {
        let (start, end) = self.ranges[at];
        &self.flat[start as usize..end as usize]
    }
}

/// Collects phrases and classes.
#[derive(Default)]
pub struct LexiconBuilder {
    fixed: BTreeMap<String, Vec<Vec<Item>>>,
    dynamic: BTreeMap<String, u32>,
    phrases: Vec<(Vec<Item>, u32)>,
    ordinary: Vec<String>,
    numbers: Vec<String>,
    marks: Vec<(Vec<Atom>, usize)>,
}

impl LexiconBuilder {
    /// Names a class that is filled for each text: a word belongs to it when the caller says so.
    pub fn dynamic_class(&mut self, name: &str) -> usize {
        let next = self.dynamic.len() as u32;
        *self.dynamic.entry(name.to_owned()).or_insert(next) as usize
    }

    /// Adds a class of words, stems or short phrases.
    pub fn class<'a>(&mut self, name: &str, members: impl IntoIterator<Item = &'a str>) -> Result<(), String> {
        let mut all = Vec::new();
        for member in members {
            let read = sequences(member).map_err(|problem| format!("\"{member}\": {problem}"))?;
            all.extend(read);
        }
        self.fixed.entry(name.to_owned()).or_default().extend(all);
        Ok(())
    }

    /// Whether a class of this name exists.
    pub fn has_class(&self, name: &str) -> bool {
        self.fixed.contains_key(name) || self.dynamic.contains_key(name)
    }

    /// Adds a phrase, to be reported with `tag`.
    pub fn phrase(&mut self, phrase: &str, tag: u32) -> Result<(), String> {
        let read = sequences(phrase)?;
        for sequence in &read {
            for item in sequence {
                if let Item::Set(set) = item {
                    for atom in set {
                        if let Atom::Class(name) = atom
                            && !self.has_class(name)
                        {
                            return Err(format!("there is no class {{{name}}}"));
                        }
                    }
                }
            }
        }
        self.phrases.extend(read.into_iter().map(|sequence| (sequence, tag)));
        Ok(())
    }

    /// Words that are spelt as they should be, and so are never taken for a misspelling of another.
    pub fn ordinary<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) {
        self.ordinary.extend(words.into_iter().map(str::to_owned));
    }

    /// Words that are numbers, and so match `#`.
    pub fn numbers<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) {
        self.numbers.extend(words.into_iter().map(str::to_owned));
    }

    /// Asks that words of the given single-word list carry mark `mark` (see [`Lexicon::mark`]).
    pub fn mark<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) -> Result<usize, String> {
        let mark = self.marks.len();
        let mut atoms = Vec::new();
        for word in words {
            for sequence in sequences(word)? {
                // Of an entry of several words ("step dad") the single words speak for themselves.
                if let [Item::Set(set)] = sequence.as_slice() {
                    atoms.extend(set.iter().cloned());
                }
            }
        }
        self.marks.push((atoms, mark));
        Ok(mark)
    }

    /// Compiles everything added.
    pub fn build(self) -> Result<Lexicon, String> {
        Compiler::new(self).run()
    }
}

/// The compiled phrases.
#[derive(Debug)]
pub struct Lexicon {
    vocabulary: Vocabulary,
    nodes: Vec<Node>,
    edges: Vec<(Symbol, u32)>,
    accepts: Vec<u32>,
    gaps: Vec<(u8, u32)>,
    root: Vec<u32>,
    /// Symbols that a dynamic class brings with it.
    dynamic: Vec<Vec<Symbol>>,
    marks: Vec<Symbol>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    edges: (u32, u32),
    accepts: (u32, u32),
    gaps: (u32, u32),
    any: u32,
}

impl Lexicon {
    /// Whether these symbols carry the mark.
    pub fn mark(&self, mark: usize, symbols: &[Symbol]) -> bool {
        symbols.contains(&self.marks[mark])
    }

    /// Whether a folded word stands in the lexicon exactly as written.
    pub fn knows(&self, word: &str) -> bool {
        self.vocabulary.exact(word).is_some()
    }

    /// Whether a folded word, which need not be part of a text, carries the mark.
    pub fn word_has_mark(&self, mark: usize, word: &str) -> bool {
        let mut symbols = Vec::new();
        self.vocabulary.look_up(word, &mut symbols);
        symbols.contains(&self.marks[mark])
    }

    /// Looks every word up. `dynamic` adds the numbers of the dynamic classes that a word belongs to.
    pub fn symbols(&self, tokens: &Tokens, mut dynamic: impl FnMut(usize, &str, &[Symbol], &mut Vec<usize>)) -> Symbols {
        let mut out = Symbols { ranges: Vec::with_capacity(tokens.words.len()), flat: Vec::with_capacity(tokens.words.len() * 4) };
        let mut word_symbols = Vec::new();
        let mut classes = Vec::new();
        for at in 0..tokens.words.len() {
            let word = tokens.folded(at);
            word_symbols.clear();
            classes.clear();
            self.vocabulary.look_up(word, &mut word_symbols);
            dynamic(at, word, &word_symbols, &mut classes);
            for &class in &classes {
                word_symbols.extend_from_slice(&self.dynamic[class]);
            }
            let start = out.flat.len() as u32;
            out.flat.extend_from_slice(&word_symbols);
            out.ranges.push((start, out.flat.len() as u32));
        }
        out
    }

    /// All phrases in the text: for each tag the leftmost, longest, not overlapping; sorted by place.
    pub fn find(&self, tokens: &Tokens, symbols: &Symbols) -> Vec<Hit> {
        let mut found = Vec::new();
        for start in 0..tokens.words.len() {
            for &symbol in symbols.of(start) {
                let next = self.root.get(symbol as usize).copied().unwrap_or(NONE);
                if next != NONE {
                    self.walk(tokens, symbols, next, start, start + 1, &mut found);
                }
            }
        }
        // Longest first at each place, then drop what overlaps an earlier hit of the same tag.
        found.sort_unstable_by_key(|hit| (hit.tag, hit.start, u32::MAX - hit.end));
        let mut kept: Vec<Hit> = Vec::with_capacity(found.len());
        for hit in found {
            match kept.last() {
                Some(last) if last.tag == hit.tag && hit.start < last.end => {}
                _ => kept.push(hit),
            }
        }
        kept.sort_unstable_by_key(|hit| (hit.start, hit.end, hit.tag));
        kept
    }

    fn walk(&self, tokens: &Tokens, symbols: &Symbols, node: u32, start: usize, at: usize, found: &mut Vec<Hit>) {
        let here = self.nodes[node as usize];
        for &tag in &self.accepts[here.accepts.0 as usize..here.accepts.1 as usize] {
            found.push(Hit { tag, start: start as u32, end: at as u32 });
        }
        if at >= tokens.words.len() {
            return;
        }
        for &(most, next) in &self.gaps[here.gaps.0 as usize..here.gaps.1 as usize] {
            for reach in at..=at + usize::from(most) {
                if reach >= tokens.words.len() || tokens.words[reach].before > Break::Comma {
                    break;
                }
                self.step(tokens, symbols, next, start, reach, found);
            }
        }
        if tokens.words[at].before == Break::None {
            self.step(tokens, symbols, node, start, at, found);
        }
    }

    fn step(&self, tokens: &Tokens, symbols: &Symbols, node: u32, start: usize, at: usize, found: &mut Vec<Hit>) {
        let here = self.nodes[node as usize];
        if here.any != NONE {
            self.walk(tokens, symbols, here.any, start, at + 1, found);
        }
        let edges = &self.edges[here.edges.0 as usize..here.edges.1 as usize];
        let word = symbols.of(at);
        if edges.len() <= 4 {
            for &(symbol, next) in edges {
                if word.contains(&symbol) {
                    self.walk(tokens, symbols, next, start, at + 1, found);
                }
            }
        } else {
            for symbol in word {
                if let Ok(edge) = edges.binary_search_by_key(symbol, |edge| edge.0) {
                    self.walk(tokens, symbols, edges[edge].1, start, at + 1, found);
                }
            }
        }
    }
}

#[derive(Default)]
struct Draft {
    edges: BTreeMap<Symbol, u32>,
    accepts: BTreeSet<u32>,
    gaps: BTreeMap<u8, u32>,
    any: Option<u32>,
}

struct Compiler {
    builder: LexiconBuilder,
    sets: BTreeMap<BTreeSet<Atom>, Symbol>,
    next: Symbol,
    drafts: Vec<Draft>,
}

impl Compiler {
    fn new(builder: LexiconBuilder) -> Compiler {
        let first_free = 1;
        Compiler { builder, sets: BTreeMap::new(), next: first_free, drafts: vec![Draft::default()] }
    }

    fn run(mut self) -> Result<Lexicon, String> {
        let phrases = std::mem::take(&mut self.builder.phrases);
        for (sequence, tag) in &phrases {
            for plain in self.open_classes(sequence)? {
                self.add(&plain, *tag);
            }
        }
        let marks = std::mem::take(&mut self.builder.marks);
        let mark_symbols: Vec<Symbol> = marks
            .iter()
            .map(|(atoms, mark)| {
                // A class of its own keeps two marks with the same words apart.
                let mut set: BTreeSet<Atom> = atoms.iter().cloned().collect();
                set.insert(Atom::Word(format!("\u{0}mark {mark}")));
                self.symbol(&set)
            })
            .collect();
        let mut dynamic = vec![Vec::new(); self.builder.dynamic.len()];
        let mut vocabulary = VocabularyBuilder::default();
        for (set, &symbol) in &self.sets {
            for atom in set {
                match atom {
                    Atom::Word(word) => vocabulary.add(word, false, symbol),
                    Atom::Stem(stem) => vocabulary.add(stem, true, symbol),
                    Atom::Number => {
                        vocabulary.numbers.push(symbol);
                        self.builder.numbers.iter().for_each(|word| vocabulary.add(word, false, symbol));
                    }
                    Atom::Class(name) => {
                        if let Some(&class) = self.builder.dynamic.get(name) {
                            dynamic[class as usize].push(symbol);
                        }
                    }
                }
            }
        }
        for word in &self.builder.ordinary {
            vocabulary.add_ordinary(word);
        }
        let mut nodes = Vec::with_capacity(self.drafts.len());
        let mut edges = Vec::new();
        let mut accepts = Vec::new();
        let mut gaps = Vec::new();
        for draft in &self.drafts {
            let first_edge = edges.len() as u32;
            edges.extend(draft.edges.iter().map(|(&symbol, &next)| (symbol, next)));
            let first_accept = accepts.len() as u32;
            accepts.extend(&draft.accepts);
            let first_gap = gaps.len() as u32;
            gaps.extend(draft.gaps.iter().map(|(&most, &next)| (most, next)));
            nodes.push(Node {
                edges: (first_edge, edges.len() as u32),
                accepts: (first_accept, accepts.len() as u32),
                gaps: (first_gap, gaps.len() as u32),
                any: draft.any.unwrap_or(NONE),
            });
        }
        let mut root = vec![NONE; self.next as usize];
        for (&symbol, &next) in &self.drafts[0].edges {
            root[symbol as usize] = next;
        }
        Ok(Lexicon { vocabulary: vocabulary.build(), nodes, edges, accepts, gaps, root, dynamic, marks: mark_symbols })
    }

    /// Replaces classes by their members: single words join the set, longer members branch.
    fn open_classes(&self, sequence: &[Item]) -> Result<Vec<Vec<Item>>, String> {
        let mut out: Vec<Vec<Item>> = vec![Vec::new()];
        for item in sequence {
            let Item::Set(set) = item else {
                out.iter_mut().for_each(|plain| plain.push(item.clone()));
                continue;
            };
            let mut single = BTreeSet::new();
            let mut longer = Vec::new();
            self.open(set, &mut single, &mut longer, 0)?;
            let before = std::mem::take(&mut out);
            if !single.is_empty() {
                out.extend(before.iter().map(|plain| plain.iter().cloned().chain([Item::Set(single.clone())]).collect::<Vec<_>>()));
            }
            for member in &longer {
                out.extend(before.iter().map(|plain| plain.iter().cloned().chain(member.iter().cloned()).collect::<Vec<_>>()));
            }
        }
        Ok(out)
    }

    fn open(&self, set: &BTreeSet<Atom>, single: &mut BTreeSet<Atom>, longer: &mut Vec<Vec<Item>>, depth: usize) -> Result<(), String> {
        if depth > 8 {
            return Err("classes that contain each other".into());
        }
        for atom in set {
            let Atom::Class(name) = atom else {
                single.insert(atom.clone());
                continue;
            };
            if self.builder.dynamic.contains_key(name) {
                single.insert(atom.clone());
            }
            for member in self.builder.fixed.get(name).into_iter().flatten() {
                match member.as_slice() {
                    [Item::Set(inner)] => self.open(inner, single, longer, depth + 1)?,
                    _ => longer.push(member.clone()),
                }
            }
        }
        Ok(())
    }

    fn symbol(&mut self, set: &BTreeSet<Atom>) -> Symbol {
        if set.len() == 1 && set.first() == Some(&Atom::Number) {
            return *self.sets.entry(set.clone()).or_insert_with(|| {
                let symbol = self.next;
                self.next += 1;
                symbol
            });
        }
        if let Some(&symbol) = self.sets.get(set) {
            return symbol;
        }
        let symbol = self.next;
        self.next += 1;
        self.sets.insert(set.clone(), symbol);
        symbol
    }

    fn add(&mut self, sequence: &[Item], tag: u32) {
        let mut node = 0usize;
        for item in sequence {
            node = match item {
                Item::Set(set) => {
                    let symbol = self.symbol(set);
                    match self.drafts[node].edges.get(&symbol) {
                        Some(&next) => next as usize,
                        None => {
                            let next = self.fresh();
                            self.drafts[node].edges.insert(symbol, next as u32);
                            next
                        }
                    }
                }
                Item::Any => match self.drafts[node].any {
                    Some(next) => next as usize,
                    None => {
                        let next = self.fresh();
                        self.drafts[node].any = Some(next as u32);
                        next
                    }
                },
                Item::Gap(most) => match self.drafts[node].gaps.get(most) {
                    Some(&next) => next as usize,
                    None => {
                        let next = self.fresh();
                        self.drafts[node].gaps.insert(*most, next as u32);
                        next
                    }
                },
            };
        }
        self.drafts[node].accepts.insert(tag);
    }

    fn fresh(&mut self) -> usize {
        self.drafts.push(Draft::default());
        self.drafts.len() - 1
    }
}

/// All words and stems of the phrases, as a byte trie.
#[derive(Debug)]
struct Vocabulary {
    nodes: Vec<Letter>,
    children: Vec<(u8, u32)>,
    symbols: Vec<Symbol>,
    numbers: Vec<Symbol>,
}

#[derive(Clone, Copy, Debug)]
struct Letter {
    children: (u32, u32),
    exact: (u32, u32),
    stem: (u32, u32),
    is_word: bool,
}

impl Vocabulary {
    fn child(&self, node: u32, byte: u8) -> Option<u32> {
        let (start, end) = self.nodes[node as usize].children;
        self.children[start as usize..end as usize].iter().find(|child| child.0 == byte).map(|child| child.1)
    }

    fn exact(&self, word: &str) -> Option<u32> {
        let mut node = 0;
        for byte in word.bytes() {
            node = self.child(node, byte)?;
        }
        self.nodes[node as usize].is_word.then_some(node)
    }

    fn look_up(&self, word: &str, out: &mut Vec<Symbol>) {
        let bytes = word.as_bytes();
        if bytes[0].is_ascii_digit() {
            out.extend_from_slice(&self.numbers);
        }
        let mut node = Some(0);
        let mut longest_stem = 0;
        for (depth, &byte) in bytes.iter().enumerate() {
            node = node.and_then(|at| self.child(at, byte));
            let Some(at) = node else { break };
            let letter = self.nodes[at as usize];
            if letter.stem.0 != letter.stem.1 {
                longest_stem = depth + 1;
                out.extend_from_slice(self.slice(letter.stem));
            }
        }
        if let Some(at) = node {
            let letter = self.nodes[at as usize];
            if letter.is_word {
                out.extend_from_slice(self.slice(letter.exact));
                out.sort_unstable();
                out.dedup();
                return;
            }
        }
        if bytes.len() >= SHORTEST_FORGIVEN && longest_stem < 5 && word.is_ascii() && !bytes[0].is_ascii_digit() {
            self.forgive(bytes, out);
        }
        out.sort_unstable();
        out.dedup();
    }

    /// Adds the symbols of vocabulary words one slip away (a letter changed, missing, doubled or swapped);
    /// the first letter must stand.
    fn forgive(&self, word: &[u8], out: &mut Vec<Symbol>) {
        let Some(first) = self.child(0, word[0]) else {
            return;
        };
        self.near(first, word, 1, 1, out);
    }

    fn near(&self, node: u32, word: &[u8], at: usize, depth: usize, out: &mut Vec<Symbol>) {
        // No slip so far. At each letter either go on exactly, or spend the slip here.
        let letter = self.nodes[node as usize];
        for &(byte, next) in &self.children[letter.children.0 as usize..letter.children.1 as usize] {
            // The lexicon has a letter that was not typed.
            self.rest(next, word, at, depth + 1, out);
            if at < word.len() && byte != word[at] {
                // Another letter was typed.
                self.rest(next, word, at + 1, depth + 1, out);
                // Two letters were swapped.
                if at + 1 < word.len()
                    && byte == word[at + 1]
                    && let Some(second) = self.child(next, word[at])
                {
                    self.rest(second, word, at + 2, depth + 2, out);
                }
            }
        }
        if at < word.len() {
            // A letter too many was typed.
            self.rest(node, word, at + 1, depth, out);
            if let Some(next) = self.child(node, word[at]) {
                self.near(next, word, at + 1, depth + 1, out);
            }
        }
    }

    fn rest(&self, node: u32, word: &[u8], at: usize, depth: usize, out: &mut Vec<Symbol>) {
        let mut node = node;
        let mut depth = depth;
        let mut at = at;
        loop {
            let letter = self.nodes[node as usize];
            if letter.stem.0 != letter.stem.1 && depth >= SHORTEST_FORGIVEN && at + 1 >= 6 {
                out.extend_from_slice(self.slice(letter.stem));
            }
            if at == word.len() {
                if letter.is_word && depth + 1 >= SHORTEST_FORGIVEN {
                    out.extend_from_slice(self.slice(letter.exact));
                }
                return;
            }
            match self.child(node, word[at]) {
                Some(next) => node = next,
                None => return,
            }
            at += 1;
            depth += 1;
        }
    }

    fn slice(&self, range: (u32, u32)) -> &[Symbol] {
        &self.symbols[range.0 as usize..range.1 as usize]
    }
}

#[derive(Default)]
struct VocabularyBuilder {
    words: FxHashMap<String, (bool, Vec<Symbol>, Vec<Symbol>)>,
    numbers: Vec<Symbol>,
}

impl VocabularyBuilder {
    fn add(&mut self, word: &str, stem: bool, symbol: Symbol) {
        let entry = self.words.entry(word.to_owned()).or_default();
        if stem {
            entry.2.push(symbol);
        } else {
            entry.0 = true;
            entry.1.push(symbol);
        }
    }

    fn add_ordinary(&mut self, word: &str) {
        self.words.entry(word.to_owned()).or_default().0 = true;
    }

    fn build(self) -> Vocabulary {
        let mut words: Vec<_> = self.words.into_iter().collect();
        words.sort_unstable();
        let mut out = Vocabulary { nodes: Vec::new(), children: Vec::new(), symbols: Vec::new(), numbers: self.numbers };
        build_level(&mut out, &words, 0);
        out
    }
}

/// Builds the trie node for `words`, which are sorted and share their first `depth` bytes.
fn build_level(out: &mut Vocabulary, words: &[(String, (bool, Vec<Symbol>, Vec<Symbol>))], depth: usize) -> u32 {
    let index = out.nodes.len() as u32;
    out.nodes.push(Letter { children: (0, 0), exact: (0, 0), stem: (0, 0), is_word: false });
    let mut rest = words;
    if let Some((word, (is_word, exact, stem))) = words.first()
        && word.len() == depth
    {
        let from = out.symbols.len() as u32;
        out.symbols.extend_from_slice(exact);
        let middle = out.symbols.len() as u32;
        out.symbols.extend_from_slice(stem);
        let end = out.symbols.len() as u32;
        let node = &mut out.nodes[index as usize];
        node.exact = (from, middle);
        node.stem = (middle, end);
        node.is_word = *is_word;
        rest = &words[1..];
    }
    let mut children = Vec::new();
    while let Some((word, _)) = rest.first() {
        let byte = word.as_bytes()[depth];
        let size = rest.iter().take_while(|(word, _)| word.as_bytes()[depth] == byte).count();
        let child = build_level(out, &rest[..size], depth + 1);
        children.push((byte, child));
        rest = &rest[size..];
    }
    let from = out.children.len() as u32;
    out.children.extend(children);
    out.nodes[index as usize].children = (from, out.children.len() as u32);
    index
}

const _: () = assert!(NUMBER == 0, "symbol 0 stays unused so that an empty root entry is harmless");

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(phrases: &[&str]) -> Lexicon {
        let mut builder = LexiconBuilder::default();
        builder.dynamic_class("child");
        builder.class("whose", ["her", "his", "the", "my own"]).expect("a good class");
        builder.ordinary(["strange"]);
        for (tag, phrase) in phrases.iter().enumerate() {
            builder.phrase(phrase, tag as u32).expect("a good phrase");
        }
        builder.build().expect("a good lexicon")
    }

    fn found(lexicon: &Lexicon, text: &str) -> Vec<(u32, String)> {
        let tokens = {
            let mut tokens = Tokens::new(text);
            tokens.settle_stops(|_, _| false);
            tokens
        };
        let symbols = lexicon.symbols(&tokens, |_, word, _, classes| {
            if word == "ava" {
                classes.push(0);
            }
        });
        lexicon.find(&tokens, &symbols).into_iter().map(|hit| (hit.tag, text[tokens.bytes(hit.start as usize..hit.end as usize)].to_owned())).collect()
    }

    #[test]
    fn finds_words_stems_groups_gaps_and_classes() {
        let lexicon = lexicon(&["strangl*", "(hand|hands) round {whose}? (neck|throat)", "hit ... {child}", "# weeks"]);
        assert_eq!(found(&lexicon, "Hands round my own throat"), [(1, "Hands round my own throat".into())]);
        assert_eq!(found(&lexicon, "he HIT, then kicked, Ava. 20 weeks"), [(2, "HIT, then kicked, Ava".into()), (3, "20 weeks".into())]);
        assert_eq!(found(&lexicon, "he hit. Ava ran"), []);
    }

    #[test]
    fn forgives_one_slip_but_not_an_ordinary_word() {
        let lexicon = lexicon(&["strangl*", "strangled", "trembling"]);
        assert_eq!(found(&lexicon, "he strnagled her").len(), 2);
        assert_eq!(found(&lexicon, "tremblng").len(), 1);
        assert_eq!(found(&lexicon, "strange"), []);
    }
}
