//! The commands of a run, run-length coded in memory as in a link.

/// The most commands that a run may have.
pub const MAX_COMMANDS: usize = 1_000_000;

/// Commands in the order in which they were given. Equal neighbours are one stretch, so a run that
/// let the machine play a million times is as small as one that did so once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Commands<C> {
    stretches: Vec<Stretch<C>>,
}

/// The same command several times.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Stretch<C> {
    command: C,
    /// How many commands there are up to the end of this stretch.
    end: u32,
}

impl<C> Default for Commands<C> {
    fn default() -> Self {
        Commands { stretches: Vec::new() }
    }
}

/// There is no room for another command: a run has at most [`MAX_COMMANDS`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Full;

impl<C: PartialEq> Commands<C> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.stretches.last().map_or(0, |stretch| stretch.end as usize)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }

    /// Appends one.
    pub fn push(&mut self, command: C) -> Result<(), Full> {
        self.push_many(command, 1)
    }

    /// Appends `count` times the same one; nothing is appended if not all have room.
    pub fn push_many(&mut self, command: C, count: usize) -> Result<(), Full> {
        if count > MAX_COMMANDS - self.len() {
            return Err(Full);
        }
        let end = (self.len() + count) as u32;
        match self.stretches.last_mut() {
            _ if count == 0 => {}
            Some(last) if last.command == command => last.end = end,
            _ => self.stretches.push(Stretch { command, end }),
        }
        Ok(())
    }

    /// The command with this index.
    pub fn get(&self, index: usize) -> Option<&C> {
        let at = self.stretches.partition_point(|stretch| stretch.end as usize <= index);
        self.stretches.get(at).map(|stretch| &stretch.command)
    }

    /// The last one.
    pub(crate) fn last(&self) -> Option<&C> {
        self.stretches.last().map(|stretch| &stretch.command)
    }

    /// Whether `beginning` is how these begin.
    pub fn starts_with(&self, beginning: &Self) -> bool {
        let Some((last, whole)) = beginning.stretches.split_last() else { return true };
        self.stretches.starts_with(whole)
            && self
                .stretches
                .get(whole.len())
                .is_some_and(|here| here.command == last.command && here.end >= last.end)
    }

    /// Keeps the first `len` commands.
    pub fn truncate(&mut self, len: usize) {
        let whole = self.stretches.partition_point(|stretch| (stretch.end as usize) < len);
        self.stretches.truncate(if len == 0 { 0 } else { whole + 1 });
        if let Some(last) = self.stretches.last_mut() {
            last.end = last.end.min(len as u32);
        }
    }

    /// The stretches: each command with how often it stands there in a row. Neighbours differ.
    pub fn stretches(&self) -> impl ExactSizeIterator<Item = (&C, usize)> {
        let mut before = 0;
        self.stretches.iter().map(move |stretch| {
            let count = stretch.end - before;
            before = stretch.end;
            (&stretch.command, count as usize)
        })
    }

    /// Each command on its own.
    pub fn iter(&self) -> impl Iterator<Item = &C> {
        self.stretches().flat_map(|(command, count)| std::iter::repeat_n(command, count))
    }
}

impl<C: PartialEq> FromIterator<C> for Commands<C> {
    /// Collects at most [`MAX_COMMANDS`]; what comes after is left out.
    fn from_iter<I: IntoIterator<Item = C>>(commands: I) -> Self {
        let mut all = Commands::default();
        for command in commands {
            if all.push(command).is_err() {
                break;
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_neighbours_are_one_stretch() {
        let commands: Commands<u8> = [1, 1, 2, 1, 1, 1].into_iter().collect();
        assert_eq!(commands.stretches().collect::<Vec<_>>(), [(&1, 2), (&2, 1), (&1, 3)]);
        assert_eq!(commands.iter().copied().collect::<Vec<_>>(), [1, 1, 2, 1, 1, 1]);
        assert_eq!(commands.len(), 6);
    }

    #[test]
    fn every_cut_leaves_the_same_as_collecting_fewer() {
        let all = [1, 1, 2, 1, 1, 1, 3];
        for len in 0..=all.len() + 1 {
            let mut cut: Commands<u8> = all.into_iter().collect();
            cut.truncate(len);
            assert_eq!(cut, all.into_iter().take(len).collect());
            assert!(all.into_iter().collect::<Commands<u8>>().starts_with(&cut));
            assert_eq!(cut.starts_with(&all.into_iter().collect()), len >= all.len());
            for index in 0..all.len() {
                assert_eq!(cut.get(index), all[..len.min(all.len())].get(index));
            }
        }
    }

    #[test]
    fn another_command_is_another_beginning() {
        let collect = |all: &[u8]| all.iter().copied().collect::<Commands<u8>>();
        let all = collect(&[1, 1, 2, 2]);
        for other in [&[2][..], &[1, 2], &[1, 1, 1], &[1, 1, 3], &[1, 1, 2, 3]] {
            assert!(!all.starts_with(&collect(other)), "{other:?}");
        }
    }

    #[test]
    fn a_million_and_no_more() {
        let mut commands = Commands::default();
        commands.push_many('a', MAX_COMMANDS - 1).unwrap();
        assert_eq!(commands.push_many('b', 2), Err(Full));
        assert_eq!(commands.len(), MAX_COMMANDS - 1);
        commands.push('b').unwrap();
        assert_eq!(commands.push('b'), Err(Full));
        assert_eq!(commands.get(MAX_COMMANDS - 1), Some(&'b'));
        assert_eq!(commands.get(MAX_COMMANDS), None);
    }
}
