//! The customer's mood: goodwill as one of five words.

/// The five moods of a customer, from the lowest goodwill to the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mood {
    /// Goodwill below 20.
    Furious,
    /// Below 40.
    Angry,
    /// Below 60.
    Frustrated,
    /// Below 80.
    Settled,
    /// 80 and above.
    WonBack,
}

impl Mood {
    /// All moods, from the lowest goodwill to the highest.
    pub const ALL: [Self; 5] = [Self::Furious, Self::Angry, Self::Frustrated, Self::Settled, Self::WonBack];

    /// The mood of a customer with this goodwill.
    pub fn of(goodwill: u8) -> Self {
        Self::ALL[usize::from(goodwill / 20).min(4)]
    }
}

#[cfg(test)]
mod tests {
    use super::Mood;

    #[test]
    fn changes_at_each_fifth() {
        let moods = [0, 19, 20, 39, 40, 59, 60, 79, 80, 100].map(Mood::of);
        let names = moods.map(Mood::name).join(" ");
        assert_eq!(
            names,
            "furious furious angry angry frustrated frustrated settled settled won_back won_back"
        );
    }
}
