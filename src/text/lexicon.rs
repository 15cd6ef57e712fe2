//! Phrases compiled into one automaton over words, and the search for them.
//!
//! Every word of a text is looked up once in a byte trie and so given its *symbols*: the sets of words,
//! stems and classes in the phrases that it satisfies. The automaton then walks symbols. Phrases are kept
//! as small graphs, never spread out, so a pack's size and its time to compile grow with what is written
//! in it; a text is read in time linear in its length.

use super::pattern::{Atom, Item, Name, Names, Step, parse};
use super::token::{Break, Tokens};
use rustc_hash::FxHashMap;

/// A compiled set of words.
pub type Symbol = u32;
const NONE: u32 = u32::MAX;
const ROOT: u32 = 0;
/// Words shorter than this are never forgiven a misspelling.
const SHORTEST_FORGIVEN: usize = 6;
/// Classes within classes.
const DEEPEST_CLASS: usize = 8;

/// A phrase found: words `start..end`, and the tag it was added with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// What [`LexiconBuilder::phrase`] was told.
    pub tag: u32,
    /// First word.
    pub start: u32,
    /// One past the last word.
    pub end: u32,
    /// One bit a word from the first: those that the phrase does not name (`_`, `...`).
    pub open: u32,
}

/// What the words of a text satisfy: for each, a few sorted lists of symbols.
#[derive(Clone, Debug, Default)]
pub struct Symbols {
    /// Per word: its lists, as a range of `lists`.
    words: Vec<(u32, u32)>,
    lists: Vec<List>,
    /// Symbols of words that the vocabulary does not hold as they are.
    own: Vec<Symbol>,
}

#[derive(Clone, Copy, Debug)]
enum List {
    /// In the vocabulary.
    Known(u32),
    /// In `own`.
    Own(u32, u32),
    /// Of a class that the form fills.
    Dynamic(u32),
}

impl List {
    /// Equal for lists that hold the same.
    fn key(self) -> u64 {
        match self {
            List::Known(known) => u64::from(known),
            List::Own(from, _) => 1 << 32 | u64::from(from),
            List::Dynamic(class) => 2 << 32 | u64::from(class),
        }
    }
}

impl Symbols {
    /// Whether the phrases know a word.
    pub fn is_known(&self, at: usize) -> bool {
        self.words[at].0 != self.words[at].1
    }
}

/// Collects phrases and classes.
#[derive(Default)]
pub struct LexiconBuilder {
    names: Names,
    fixed: FxHashMap<Name, Vec<Vec<Step>>>,
    dynamic: FxHashMap<Name, u32>,
    phrases: Vec<(Vec<Step>, u32)>,
    ordinary: Vec<String>,
    numbers: Vec<String>,
    marks: Vec<Vec<Atom>>,
}

impl LexiconBuilder {
    /// Names a class that is filled for each text: a word belongs to it when the caller says so.
    pub fn dynamic_class(&mut self, name: &str) -> usize {
        let next = self.dynamic.len() as u32;
        *self.dynamic.entry(self.names.of(name)).or_insert(next) as usize
    }

    /// Adds a class of words, stems or short phrases.
    ///
    /// # Errors
    /// What is wrong with a member's notation.
    pub fn class<'a>(&mut self, name: &str, members: impl IntoIterator<Item = &'a str>) -> Result<(), String> {
        let mut all = Vec::new();
        for member in members {
            all.push(parse(member, &mut self.names).map_err(|problem| format!("\"{member}\": {problem}"))?);
        }
        self.fixed.entry(self.names.of(name)).or_default().extend(all);
        Ok(())
    }

    /// Whether a class of this name exists.
    fn has_class(&self, name: Name) -> bool {
        self.fixed.contains_key(&name) || self.dynamic.contains_key(&name)
    }

    /// Adds a phrase, to be reported with `tag`.
    ///
    /// # Errors
    /// What is wrong with its notation.
    pub fn phrase(&mut self, phrase: &str, tag: u32) -> Result<(), String> {
        let steps = parse(phrase, &mut self.names)?;
        self.know_classes(&steps)?;
        self.phrases.push((steps, tag));
        Ok(())
    }

    fn know_classes(&self, steps: &[Step]) -> Result<(), String> {
        for step in steps {
            match step {
                Step::One(Item::Set(atoms)) | Step::Words(atoms) => {
                    for atom in atoms {
                        if let Atom::Class(name) = atom
                            && !self.has_class(*name)
                        {
                            return Err(format!("there is no class {{{}}}", self.names.text(*name)));
                        }
                    }
                }
                Step::One(_) => {}
                Step::Either(options) => options.iter().try_for_each(|option| self.know_classes(option))?,
                Step::Maybe(step) => self.know_classes(std::slice::from_ref(step))?,
            }
        }
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

    /// Asks that words of the given list carry a mark, whose number is returned (see [`Lexicon::mark`]).
    /// Of an entry of several words ("step dad") the single words speak for themselves.
    ///
    /// # Errors
    /// What is wrong with an entry's notation.
    pub fn mark<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) -> Result<usize, String> {
        let mut atoms = Vec::new();
        for word in words {
            match parse(word, &mut self.names)?.as_slice() {
                [Step::One(Item::Set(set))] => atoms.extend(set.iter().cloned()),
                [Step::Words(word)] if word.len() == 1 => atoms.extend(word.iter().cloned()),
                _ => {}
            }
        }
        self.marks.push(atoms);
        Ok(self.marks.len() - 1)
    }

    /// Compiles everything added.
    ///
    /// # Errors
    /// A phrase that can match nothing, or classes that contain each other.
    pub fn build(self) -> Result<Lexicon, String> {
        Compiler::default().run(self)
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
    anys: Vec<u32>,
    /// Nodes that a symbol leads to from the start.
    root: Vec<(u32, u32)>,
    starts: Vec<u32>,
    /// Symbols of each class that the form fills, sorted.
    dynamic: Vec<Vec<Symbol>>,
    marks: Vec<Symbol>,
    /// Symbols that open a phrase; they are numbered first.
    openers: usize,
    /// Words of the longest thing that a phrase can match.
    longest: usize,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    edges: (u32, u32),
    accepts: (u32, u32),
    gaps: (u32, u32),
    anys: (u32, u32),
}

impl Lexicon {
    /// Whether a word carries the mark.
    pub fn mark(&self, mark: usize, symbols: &[Symbol]) -> bool {
        symbols.binary_search(&self.marks[mark]).is_ok()
    }

    /// Whether a folded word, which need not be part of a text, carries the mark.
    pub fn word_has_mark(&self, mark: usize, word: &str) -> bool {
        let mut own = Vec::new();
        let symbols = match self.vocabulary.look_up(word, &mut own) {
            Some(known) => self.vocabulary.known(known),
            None => &own,
        };
        self.mark(mark, symbols)
    }

    /// Looks every word up. `dynamic` is told a word and its symbols, and adds the numbers of the dynamic
    /// classes that it belongs to.
    pub fn symbols(&self, tokens: &Tokens, mut dynamic: impl FnMut(usize, &str, &[Symbol], &mut Vec<usize>)) -> Symbols {
        let count = tokens.words.len();
        let mut out = Symbols { words: Vec::with_capacity(count), lists: Vec::with_capacity(count * 2), own: Vec::new() };
        let mut scratch = Vec::new();
        let mut classes = Vec::new();
        for at in 0..count {
            let word = tokens.folded(at);
            let first = out.lists.len() as u32;
            scratch.clear();
            classes.clear();
            match self.vocabulary.look_up(word, &mut scratch) {
                Some(known) => {
                    out.lists.push(List::Known(known));
                    dynamic(at, word, self.vocabulary.known(known), &mut classes);
                }
                None => {
                    if !scratch.is_empty() {
                        let from = out.own.len() as u32;
                        out.own.extend_from_slice(&scratch);
                        out.lists.push(List::Own(from, out.own.len() as u32));
                    }
                    dynamic(at, word, &scratch, &mut classes);
                }
            }
            out.lists.extend(classes.iter().map(|&class| List::Dynamic(class as u32)));
            out.words.push((first, out.lists.len() as u32));
        }
        out
    }

    /// All phrases in the text: for each tag the leftmost, longest, not overlapping; sorted by place.
    pub fn find(&self, tokens: &Tokens, symbols: &Symbols) -> Vec<Hit> {
        let mut search = Search {
            lexicon: self,
            tokens,
            symbols,
            places: vec![0; self.root.len()],
            present: Vec::new(),
            walked: vec![NONE; self.openers],
            joined: 0,
            near: 0,
            window: 0,
            found: Vec::new(),
        };
        search.run();
        // Longest first at each place, then drop what overlaps an earlier hit of the same tag.
        let mut found = search.found;
        found.sort_unstable_by_key(|hit| (hit.tag, hit.start, u32::MAX - hit.end, hit.open.count_ones()));
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
}

/// Words of a text that are walked at once, one bit each.
type Bits = u128;
const WINDOW: usize = Bits::BITS as usize;
/// Words that a phrase can match at most. Each step through a text is shorter than a window by that much.
const LONGEST: usize = WINDOW / 4;

/// One walk through a text, window by window. From each symbol that opens a phrase, all its places in the window
/// are followed together, as bits, which mostly ends after a step or two; only what reaches an end is then walked
/// again place by place, to learn where it began.
struct Search<'s> {
    lexicon: &'s Lexicon,
    tokens: &'s Tokens,
    symbols: &'s Symbols,
    /// Per symbol: the words of the window that satisfy it.
    places: Vec<Bits>,
    /// The lists of the window's words, and the places of each.
    present: Vec<(List, Bits)>,
    /// Per symbol: the window in which its places were last followed.
    walked: Vec<u32>,
    /// Words of the window that nothing separates from the word before.
    joined: Bits,
    /// Words of the window that no more than a comma separates from the word before.
    near: Bits,
    /// First word of the window.
    window: usize,
    found: Vec<Hit>,
}

impl<'s> Search<'s> {
    fn run(&mut self) {
        let (lexicon, words) = (self.lexicon, &self.tokens.words);
        let step = WINDOW - lexicon.longest;
        while self.window < words.len() {
            let rest = words.len() - self.window;
            self.fill(rest.min(WINDOW));
            // What begins behind these may not end in the window: the next one begins there.
            let starts = if rest <= WINDOW { Bits::MAX } else { (1 << step) - 1 };
            let present = std::mem::take(&mut self.present);
            for &(list, _) in &present {
                // Only symbols that open a phrase come first in a list.
                for &symbol in self.list(list) {
                    let (first, last) = lexicon.root[symbol as usize];
                    if first == NONE {
                        break;
                    }
                    let from = self.places[symbol as usize] & starts;
                    if from == 0 || self.walked[symbol as usize] == self.window as u32 {
                        continue;
                    }
                    self.walked[symbol as usize] = self.window as u32;
                    for &next in &lexicon.starts[first as usize..last as usize] {
                        if self.arrives(next, from << 1) {
                            self.each(next, from);
                        }
                    }
                }
            }
            for &(list, _) in &present {
                self.list(list).iter().for_each(|&symbol| self.places[symbol as usize] = 0);
            }
            self.present = present;
            self.window += if rest <= WINDOW { rest } else { step };
        }
    }

    fn list(&self, list: List) -> &'s [Symbol] {
        match list {
            List::Known(known) => self.lexicon.vocabulary.known(known),
            List::Own(from, to) => &self.symbols.own[from as usize..to as usize],
            List::Dynamic(class) => &self.lexicon.dynamic[class as usize],
        }
    }

    fn fill(&mut self, count: usize) {
        (self.joined, self.near) = (0, 0);
        self.present.clear();
        for at in 0..count {
            let bit = 1 << at;
            match self.tokens.words[self.window + at].before {
                Break::None => (self.joined, self.near) = (self.joined | bit, self.near | bit),
                Break::Comma => self.near |= bit,
                _ => {}
            }
            let (from, to) = self.symbols.words[self.window + at];
            self.present.extend(self.symbols.lists[from as usize..to as usize].iter().map(|&list| (list, bit)));
        }
        // The same word, or class, at several places is spread once.
        self.present.sort_unstable_by_key(|(list, _)| list.key());
        self.present.dedup_by(|later, first| {
            let same = later.0.key() == first.0.key();
            if same {
                first.1 |= later.1;
            }
            same
        });
        for at in 0..self.present.len() {
            let (list, bits) = self.present[at];
            self.list(list).iter().for_each(|&symbol| self.places[symbol as usize] |= bits);
        }
    }

    /// Whether any way from a node, with the next word at any of the places `at`, reaches an end.
    fn arrives(&self, node: u32, at: Bits) -> bool {
        let here = &self.lexicon.nodes[node as usize];
        here.accepts.0 != here.accepts.1 || self.leads(here, at, self.joined)
    }

    fn leads(&self, here: &Node, at: Bits, open: Bits) -> bool {
        let lexicon = self.lexicon;
        for &(most, next) in &lexicon.gaps[here.gaps.0 as usize..here.gaps.1 as usize] {
            let mut reach = at & self.near;
            for _ in 0..most {
                reach |= (reach << 1) & self.near;
            }
            if reach != 0 && self.leads(&lexicon.nodes[next as usize], reach, self.near) {
                return true;
            }
        }
        let at = at & open;
        if at == 0 {
            return false;
        }
        lexicon.anys[here.anys.0 as usize..here.anys.1 as usize].iter().any(|&next| self.arrives(next, at << 1))
            || lexicon.edges[here.edges.0 as usize..here.edges.1 as usize].iter().any(|&(symbol, next)| {
                let on = at & self.places[symbol as usize];
                on != 0 && self.arrives(next, on << 1)
            })
    }

    /// Walks from each of the places on its own.
    fn each(&mut self, node: u32, mut from: Bits) {
        while from != 0 {
            let start = from.trailing_zeros() as usize;
            from &= from - 1;
            self.arrive(node, start, start + 1, 0);
        }
    }

    /// `open` marks the words so far that are not named.
    fn arrive(&mut self, node: u32, start: usize, at: usize, open: u32) {
        let here = self.lexicon.nodes[node as usize];
        for &tag in &self.lexicon.accepts[here.accepts.0 as usize..here.accepts.1 as usize] {
            self.found.push(Hit { tag, start: (self.window + start) as u32, end: (self.window + at) as u32, open });
        }
        self.leave(node, start, at, self.joined, open);
    }

    /// Goes on from a node, where the next word is one of `next`.
    fn leave(&mut self, node: u32, start: usize, at: usize, next: Bits, open: u32) {
        let lexicon = self.lexicon;
        if at >= WINDOW {
            return;
        }
        let here = lexicon.nodes[node as usize];
        for &(most, to) in &lexicon.gaps[here.gaps.0 as usize..here.gaps.1 as usize] {
            for reach in at..(at + usize::from(most) + 1).min(WINDOW) {
                if self.near >> reach & 1 == 0 {
                    break;
                }
                let passed = (at..reach).fold(open, |open, at| open | 1 << (at - start));
                self.leave(to, start, reach, self.near, passed);
            }
        }
        if next >> at & 1 == 0 {
            return;
        }
        for &to in &lexicon.anys[here.anys.0 as usize..here.anys.1 as usize] {
            self.arrive(to, start, at + 1, open | 1 << (at - start));
        }
        for &(symbol, to) in &lexicon.edges[here.edges.0 as usize..here.edges.1 as usize] {
            if self.places[symbol as usize] >> at & 1 == 1 {
                self.arrive(to, start, at + 1, open);
            }
        }
    }
}

#[derive(Default)]
struct Draft {
    edges: Vec<(Symbol, u32)>,
    accepts: Vec<u32>,
    gaps: Vec<(u8, u32)>,
    anys: Vec<u32>,
    /// Reached by one path of words alone, so that phrases may share it.
    shared: bool,
}

#[derive(Default)]
struct Compiler {
    builder: LexiconBuilder,
    /// Sets as written, to their symbol.
    sets: FxHashMap<Vec<Atom>, Symbol>,
    /// Members of a class: its single words, and its longer members.
    classes: FxHashMap<Name, (Vec<Atom>, Vec<Vec<Step>>)>,
    drafts: Vec<Draft>,
    /// The ways that phrases share, by node and symbol.
    shared: FxHashMap<(u32, Symbol), u32>,
}

impl Compiler {
    fn run(mut self, builder: LexiconBuilder) -> Result<Lexicon, String> {
        self.builder = builder;
        self.drafts.push(Draft { shared: true, ..Draft::default() });
        let names: Vec<Name> = self.builder.fixed.keys().copied().collect();
        for name in names {
            self.class(name, 0)?;
        }
        let phrases = std::mem::take(&mut self.builder.phrases);
        for (steps, tag) in &phrases {
            let ends = self.thread(steps, vec![ROOT])?;
            if ends.contains(&ROOT) {
                return Err("a phrase of which every word may be left out".into());
            }
            for end in ends {
                let accepts = &mut self.drafts[end as usize].accepts;
                if !accepts.contains(tag) {
                    accepts.push(*tag);
                }
            }
        }
        if !self.drafts[0].gaps.is_empty() || !self.drafts[0].anys.is_empty() {
            return Err("a phrase must begin with a word, a group or a class".into());
        }
        let marks = std::mem::take(&mut self.builder.marks);
        let mut marked = Vec::with_capacity(marks.len());
        for (number, mut atoms) in marks.into_iter().enumerate() {
            // A word that nobody types keeps two marks with the same words apart.
            atoms.push(Atom::Word(self.builder.names.of(&format!("\u{0}{number}"))));
            marked.push(self.symbol(&atoms));
        }
        let longest = self.longest();
        if longest > LONGEST {
            return Err(format!("a phrase that can match {longest} words; {LONGEST} are the most"));
        }
        Ok(self.finish(&marked, longest))
    }

    /// Opens a class once.
    fn class(&mut self, name: Name, depth: usize) -> Result<(), String> {
        if self.classes.contains_key(&name) {
            return Ok(());
        }
        let Some(members) = self.builder.fixed.get(&name).cloned() else { return Ok(()) };
        if depth > DEEPEST_CLASS {
            return Err(format!("the class {{{}}} contains itself", self.builder.names.text(name)));
        }
        let (mut single, mut longer) = (Vec::new(), Vec::new());
        for member in members {
            match member.as_slice() {
                [Step::Words(atoms)] if atoms.len() == 1 => self.open(&atoms.clone(), &mut single, &mut longer, depth + 1)?,
                [Step::One(Item::Set(atoms))] => self.open(&atoms.clone(), &mut single, &mut longer, depth + 1)?,
                _ => longer.push(member),
            }
        }
        self.classes.insert(name, (single, longer));
        Ok(())
    }

    /// Replaces the classes of a set by their members.
    fn open(&mut self, atoms: &[Atom], single: &mut Vec<Atom>, longer: &mut Vec<Vec<Step>>, depth: usize) -> Result<(), String> {
        for &atom in atoms {
            let Atom::Class(name) = atom else {
                single.push(atom);
                continue;
            };
            if self.builder.dynamic.contains_key(&name) {
                single.push(atom);
            }
            self.class(name, depth)?;
            if let Some((words, members)) = self.classes.get(&name) {
                single.extend(words);
                longer.extend(members.iter().cloned());
            }
        }
        Ok(())
    }

    fn symbol(&mut self, atoms: &[Atom]) -> Symbol {
        if let Some(&symbol) = self.sets.get(atoms) {
            return symbol;
        }
        let next = self.sets.len() as Symbol;
        self.sets.insert(atoms.to_vec(), next);
        next
    }

    /// Lays the steps from each node of `from`; returns the nodes where they end.
    fn thread(&mut self, steps: &[Step], mut from: Vec<u32>) -> Result<Vec<u32>, String> {
        for step in steps {
            from = match step {
                Step::Words(atoms) => {
                    for atom in atoms {
                        from = self.set(std::slice::from_ref(atom), &from)?;
                    }
                    from
                }
                Step::One(Item::Set(atoms)) => self.set(atoms, &from)?,
                Step::One(Item::Any) => {
                    let to = self.fresh(false);
                    from.iter().for_each(|&node| self.drafts[node as usize].anys.push(to));
                    vec![to]
                }
                Step::One(Item::Gap(words)) => {
                    let to = self.fresh(false);
                    from.iter().for_each(|&node| self.drafts[node as usize].gaps.push((*words, to)));
                    vec![to]
                }
                Step::Either(options) => {
                    let mut ends = Vec::new();
                    for option in options {
                        ends.extend(self.thread(option, from.clone())?);
                    }
                    ends.sort_unstable();
                    ends.dedup();
                    ends
                }
                Step::Maybe(step) => {
                    let mut ends = self.thread(std::slice::from_ref(step), from.clone())?;
                    ends.extend(from);
                    ends
                }
            };
        }
        Ok(from)
    }

    fn set(&mut self, atoms: &[Atom], from: &[u32]) -> Result<Vec<u32>, String> {
        let mut longer = Vec::new();
        let has_class = atoms.iter().any(|atom| matches!(atom, Atom::Class(_)));
        if has_class {
            let mut single = Vec::new();
            self.open(atoms, &mut single, &mut longer, 0)?;
            if single.is_empty() && longer.is_empty() {
                return Err("a class without members".into());
            }
            let mut ends = if single.is_empty() { Vec::new() } else { vec![self.edge(atoms, from)] };
            for member in &longer {
                ends.extend(self.thread(member, from.to_vec())?);
            }
            return Ok(ends);
        }
        Ok(vec![self.edge(atoms, from)])
    }

    fn edge(&mut self, atoms: &[Atom], from: &[u32]) -> u32 {
        let symbol = self.symbol(atoms);
        // From one place only, phrases with the same words so far share their way.
        if let [only] = from
            && self.drafts[*only as usize].shared
        {
            if let Some(&to) = self.shared.get(&(*only, symbol)) {
                return to;
            }
            let to = self.fresh(true);
            self.shared.insert((*only, symbol), to);
            self.drafts[*only as usize].edges.push((symbol, to));
            return to;
        }
        let to = self.fresh(false);
        from.iter().for_each(|&node| self.drafts[node as usize].edges.push((symbol, to)));
        to
    }

    fn fresh(&mut self, shared: bool) -> u32 {
        self.drafts.push(Draft { shared, ..Draft::default() });
        self.drafts.len() as u32 - 1
    }

    /// Words that the longest way from the start to an end takes. Each node leads only to those made after it.
    fn longest(&self) -> usize {
        let mut from = vec![0; self.drafts.len()];
        for (node, draft) in self.drafts.iter().enumerate().rev() {
            let words = draft.edges.iter().map(|edge| edge.1).chain(draft.anys.iter().copied()).map(|to| from[to as usize] + 1);
            let gaps = draft.gaps.iter().map(|&(most, to)| from[to as usize] + usize::from(most));
            from[node] = words.chain(gaps).max().unwrap_or(0);
        }
        from[ROOT as usize]
    }

    fn finish(mut self, marks: &[Symbol], longest: usize) -> Lexicon {
        // Symbols that open a phrase are numbered first, so that a search for starts can stop early.
        let mut opens = vec![false; self.sets.len()];
        self.drafts[0].edges.iter().for_each(|edge| opens[edge.0 as usize] = true);
        let mut renumber = vec![0; opens.len()];
        let mut next = 0;
        for wanted in [true, false] {
            for (old, _) in opens.iter().enumerate().filter(|(_, opens)| **opens == wanted) {
                renumber[old] = next;
                next += 1;
            }
        }
        let mut vocabulary = VocabularyBuilder::default();
        let mut dynamic = vec![Vec::new(); self.builder.dynamic.len()];
        let sets = std::mem::take(&mut self.sets);
        let mut sets: Vec<(Vec<Atom>, Symbol)> = sets.into_iter().map(|(atoms, symbol)| (atoms, renumber[symbol as usize])).collect();
        sets.sort_unstable_by_key(|set| set.1);
        for (atoms, symbol) in &sets {
            for atom in atoms {
                self.member(*atom, *symbol, &mut vocabulary, &mut dynamic);
            }
        }
        dynamic.iter_mut().for_each(|list| {
            list.sort_unstable();
            list.dedup();
        });
        self.builder.ordinary.iter().for_each(|word| vocabulary.add_ordinary(word));
        let mut out = Lexicon {
            openers: opens.iter().filter(|opens| **opens).count(),
            longest,
            vocabulary: vocabulary.build(),
            nodes: Vec::with_capacity(self.drafts.len()),
            edges: Vec::new(),
            accepts: Vec::new(),
            gaps: Vec::new(),
            anys: Vec::new(),
            root: vec![(NONE, NONE); sets.len()],
            starts: Vec::new(),
            dynamic,
            marks: marks.iter().map(|&mark| renumber[mark as usize]).collect(),
        };
        for draft in &self.drafts {
            let (edges, accepts, gaps, anys) = (out.edges.len() as u32, out.accepts.len() as u32, out.gaps.len() as u32, out.anys.len() as u32);
            out.edges.extend(draft.edges.iter().map(|&(symbol, to)| (renumber[symbol as usize], to)));
            out.accepts.extend(&draft.accepts);
            out.gaps.extend(&draft.gaps);
            out.anys.extend(&draft.anys);
            out.nodes.push(Node {
                edges: (edges, out.edges.len() as u32),
                accepts: (accepts, out.accepts.len() as u32),
                gaps: (gaps, out.gaps.len() as u32),
                anys: (anys, out.anys.len() as u32),
            });
        }
        let mut starts: Vec<(Symbol, u32)> = self.drafts[0].edges.iter().map(|&(symbol, to)| (renumber[symbol as usize], to)).collect();
        starts.sort_unstable();
        for (symbol, to) in starts {
            let place = out.starts.len() as u32;
            out.starts.push(to);
            let range = &mut out.root[symbol as usize];
            *range = (if range.0 == NONE { place } else { range.0 }, place + 1);
        }
        out
    }

    fn member(&self, atom: Atom, symbol: Symbol, vocabulary: &mut VocabularyBuilder, dynamic: &mut [Vec<Symbol>]) {
        match atom {
            Atom::Word(word) => vocabulary.add(self.builder.names.text(word), false, symbol),
            Atom::Stem(stem) => vocabulary.add(self.builder.names.text(stem), true, symbol),
            Atom::Number => {
                vocabulary.numbers.push(symbol);
                self.builder.numbers.iter().for_each(|word| vocabulary.add(word, false, symbol));
            }
            Atom::Class(name) => {
                if let Some(&class) = self.builder.dynamic.get(&name) {
                    dynamic[class as usize].push(symbol);
                }
                // Classes are opened already: their members hold no class but those that the form fills.
                for &member in self.classes.get(&name).map(|class| class.0.as_slice()).unwrap_or_default() {
                    match member {
                        Atom::Class(inner) => {
                            if let Some(&class) = self.builder.dynamic.get(&inner) {
                                dynamic[class as usize].push(symbol);
                            }
                        }
                        plain => self.member(plain, symbol, vocabulary, dynamic),
                    }
                }
            }
        }
    }
}

/// All words and stems of the phrases, as a byte trie. Each word holds the sorted symbols of its own and of
/// the stems that it begins with.
#[derive(Debug)]
struct Vocabulary {
    letters: Vec<Letter>,
    children: Vec<(u8, u32)>,
    symbols: Vec<Symbol>,
    numbers: Vec<Symbol>,
}

#[derive(Clone, Copy, Debug)]
struct Letter {
    children: (u32, u32),
    word: (u32, u32),
    stem: (u32, u32),
    is_word: bool,
}

impl Vocabulary {
    fn child(&self, letter: u32, byte: u8) -> Option<u32> {
        let (start, end) = self.letters[letter as usize].children;
        let children = &self.children[start as usize..end as usize];
        if children.len() > 8 {
            return children.binary_search_by_key(&byte, |child| child.0).ok().map(|at| children[at].1);
        }
        children.iter().find(|child| child.0 == byte).map(|child| child.1)
    }

    fn known(&self, letter: u32) -> &[Symbol] {
        self.slice(self.letters[letter as usize].word)
    }

    /// The word as it stands, or else its symbols in `out`: those of its stems, or of a word one slip away.
    fn look_up(&self, word: &str, out: &mut Vec<Symbol>) -> Option<u32> {
        let bytes = word.as_bytes();
        if bytes[0].is_ascii_digit() {
            out.extend_from_slice(&self.numbers);
        }
        let mut letter = Some(ROOT);
        for &byte in bytes {
            letter = letter.and_then(|at| self.child(at, byte));
            let Some(at) = letter else { break };
            let stem = self.letters[at as usize].stem;
            if stem.0 != stem.1 {
                out.extend_from_slice(self.slice(stem));
            }
        }
        if let Some(at) = letter
            && self.letters[at as usize].is_word
        {
            if !bytes[0].is_ascii_digit() {
                return Some(at);
            }
            out.extend_from_slice(self.known(at));
        }
        if bytes.len() >= SHORTEST_FORGIVEN && word.is_ascii() && !bytes[0].is_ascii_digit() {
            self.forgive(bytes, out);
        }
        out.sort_unstable();
        out.dedup();
        None
    }

    /// Adds the symbols of vocabulary words one slip away (a letter mistaken for a like one, missing, doubled or
    /// swapped); the first letter must stand.
    fn forgive(&self, word: &[u8], out: &mut Vec<Symbol>) {
        let Some(first) = self.child(ROOT, word[0]) else { return };
        self.near(first, word, 1, 1, out);
    }

    /// No slip so far. At each letter either go on exactly, or spend the slip here.
    fn near(&self, letter: u32, word: &[u8], at: usize, depth: usize, out: &mut Vec<Symbol>) {
        let (start, end) = self.letters[letter as usize].children;
        for &(byte, next) in &self.children[start as usize..end as usize] {
            // The lexicon has a letter that was not typed.
            self.rest(next, word, at, depth + 1, out);
            if at < word.len() && byte != word[at] {
                // Another letter was typed, one that the hand or the ear takes for it.
                if mistaken(byte, word[at]) {
                    self.rest(next, word, at + 1, depth + 1, out);
                }
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
            self.rest(letter, word, at + 1, depth, out);
            if let Some(next) = self.child(letter, word[at]) {
                self.near(next, word, at + 1, depth + 1, out);
            }
        }
    }

    fn rest(&self, letter: u32, word: &[u8], mut at: usize, mut depth: usize, out: &mut Vec<Symbol>) {
        let mut letter = letter;
        loop {
            let here = self.letters[letter as usize];
            if here.stem.0 != here.stem.1 && depth > SHORTEST_FORGIVEN && at + 1 >= SHORTEST_FORGIVEN {
                out.extend_from_slice(self.slice(here.stem));
            }
            if at == word.len() {
                if here.is_word && depth + 1 >= SHORTEST_FORGIVEN {
                    out.extend_from_slice(self.slice(here.word));
                }
                return;
            }
            match self.child(letter, word[at]) {
                Some(next) => letter = next,
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

/// Whether one letter is typed for another: its neighbour on the keyboard, or one that sounds like it. Any
/// letter for any other would read one English word as another: "spelling" as "swelling".
fn mistaken(meant: u8, typed: u8) -> bool {
    const ROWS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];
    const ALIKE: [&[u8]; 6] = [b"aeiouy", b"ck", b"cs", b"sz", b"fv", b"mn"];
    let place = |letter: u8| {
        let row = ROWS.iter().position(|row| row.contains(&letter))?;
        ROWS[row].iter().position(|&one| one == letter).map(|column| (row, column))
    };
    let (Some((row, column)), Some((typed_row, typed_column))) = (place(meant), place(typed)) else { return false };
    let neighbours = match typed_row.abs_diff(row) {
        0 => column.abs_diff(typed_column) == 1,
        // Each row stands half a key to the right of the one above it.
        1 => {
            let (upper, lower) = if row < typed_row { (column, typed_column) } else { (typed_column, column) };
            upper == lower || upper == lower + 1
        }
        _ => false,
    };
    neighbours || ALIKE.iter().any(|alike| alike.contains(&meant) && alike.contains(&typed))
}

#[derive(Default)]
struct VocabularyBuilder {
    words: FxHashMap<String, Known>,
    numbers: Vec<Symbol>,
}

#[derive(Default)]
struct Known {
    is_word: bool,
    word: Vec<Symbol>,
    stem: Vec<Symbol>,
}

impl VocabularyBuilder {
    fn add(&mut self, word: &str, stem: bool, symbol: Symbol) {
        if !self.words.contains_key(word) {
            self.words.insert(word.to_owned(), Known::default());
        }
        let Some(known) = self.words.get_mut(word) else { return };
        if stem {
            known.stem.push(symbol);
        } else {
            known.is_word = true;
            known.word.push(symbol);
        }
    }

    fn add_ordinary(&mut self, word: &str) {
        self.words.entry(word.to_owned()).or_default().is_word = true;
    }

    fn build(self) -> Vocabulary {
        let mut words: Vec<(String, Known)> = self.words.into_iter().collect();
        words.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut numbers = self.numbers;
        numbers.sort_unstable();
        numbers.dedup();
        let mut out = Vocabulary { letters: Vec::new(), children: Vec::new(), symbols: Vec::new(), numbers };
        build_level(&mut out, &words, 0, &mut Vec::new());
        out
    }
}

/// Builds the trie node for `words`, which are sorted and share their first `depth` bytes; `stems` holds the
/// symbols of the stems on the way.
fn build_level(out: &mut Vocabulary, words: &[(String, Known)], depth: usize, stems: &mut Vec<Symbol>) -> u32 {
    let index = out.letters.len() as u32;
    out.letters.push(Letter { children: (0, 0), word: (0, 0), stem: (0, 0), is_word: false });
    let mut rest = words;
    let before = stems.len();
    if let Some((word, known)) = words.first()
        && word.len() == depth
    {
        stems.extend_from_slice(&known.stem);
        let from = out.symbols.len() as u32;
        if known.is_word {
            let mut all: Vec<Symbol> = known.word.iter().chain(stems.iter()).copied().collect();
            all.sort_unstable();
            all.dedup();
            out.symbols.extend(all);
        }
        let middle = out.symbols.len() as u32;
        out.symbols.extend_from_slice(&known.stem);
        let end = out.symbols.len() as u32;
        let letter = &mut out.letters[index as usize];
        letter.word = (from, middle);
        letter.stem = (middle, end);
        letter.is_word = known.is_word;
        rest = &words[1..];
    }
    let mut children = Vec::new();
    while let Some((word, _)) = rest.first() {
        let byte = word.as_bytes()[depth];
        let size = rest.iter().take_while(|(word, _)| word.as_bytes()[depth] == byte).count();
        children.push((byte, build_level(out, &rest[..size], depth + 1, stems)));
        rest = &rest[size..];
    }
    stems.truncate(before);
    let from = out.children.len() as u32;
    out.children.extend(children);
    out.letters[index as usize].children = (from, out.children.len() as u32);
    index
}

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
    fn finds_a_phrase_wherever_it_stands_in_a_long_text() {
        let lexicon = lexicon(&["(hand|hands) round {whose}? neck", "hit ... floor"]);
        for before in 0..2 * WINDOW {
            let text = format!("{}hands round his neck, then hit his head on the floor{}", "word ".repeat(before), " word".repeat(WINDOW));
            let whole = [(0, "hands round his neck".into()), (1, "hit his head on the floor".into())];
            assert_eq!(found(&lexicon, &text), whole, "behind {before} words");
        }
    }

    #[test]
    fn refuses_a_phrase_too_long_to_be_followed() {
        let mut builder = LexiconBuilder::default();
        builder.phrase(&vec!["word"; LONGEST].join(" "), 0).expect("a good phrase");
        builder.phrase(&vec!["word"; LONGEST + 1].join(" "), 1).expect("as a phrase of its own it is well written");
        assert!(builder.build().expect_err("too long").contains("words"));
    }

    #[test]
    fn forgives_one_slip_but_not_an_ordinary_word() {
        let lexicon = lexicon(&["strangl*", "strangled", "trembling"]);
        assert_eq!(found(&lexicon, "he strnagled her").len(), 2);
        assert_eq!(found(&lexicon, "tremblng").len(), 1);
        assert_eq!(found(&lexicon, "strange"), []);
    }

    #[test]
    fn takes_a_letter_only_for_one_like_it() {
        let lexicon = lexicon(&["swelling", "bruised"]);
        assert_eq!(found(&lexicon, "swekling").len(), 1, "a neighbour on the keyboard");
        assert_eq!(found(&lexicon, "swalling").len(), 1, "a vowel for a vowel");
        assert_eq!(found(&lexicon, "spelling"), []);
        assert_eq!(found(&lexicon, "bruided").len() + found(&lexicon, "bruized").len(), 2);
    }
}
