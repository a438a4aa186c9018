namespace Serge.Bot.Site.Content;

public sealed partial record SiteTexts
{
    public static SiteTexts French { get; } =
        new()
        {
            Quotations = "Citations",
            Timeline = "Chronologie",
            Days = "Jours",
            Topics = "Thèmes",
            Sources = "Sources",
            Search = "Recherche",
            About = "À propos",
            Rights = "Droits",
            Privacy = "Confidentialité",
            SkipToText = "Aller au texte",
            MainNavigation = "Pages de ce site",
            Neighbours = "Précédent et suivant",
            OtherLanguage = "English",
            Quotation = "Citation",
            Event = "Événement",
            Today = "Aujourd’hui",
            QuotationOfTheDay = "Citation du jour",
            OnThisDay = "Ce jour-là",
            NoEventOnThisDay = "Aucun événement n’est daté de ce jour.",
            NoQuotations = "Il n’y a pas de citations pour le moment.",
            ContextAndSource = "Contexte et source",
            Context = "Contexte",
            Uncertain = "Incertain",
            Work = "Œuvre",
            WorkUnknown = "L’essai ne la nomme pas.",
            PrintedIn = "Cité dans",
            Written = "Écrit",
            Joined = "Réuni",
            JoinedExplained =
                "Dans l’essai, les mots de l’auteur interrompent cette phrase\u202F; ici ses deux parties sont "
                + "réunies.",
            CiteAs = "Pour la citer",
            BelongsTo = "Se rapporte à",
            Warning = "Avertissement\u00A0:",
            Show = "afficher le texte",
            Certainty = "La date",
            Note = "Remarque",
            OldStyle = "Ancien style",
            RestsOn = "Elle repose sur",
            MentionedBy = "Mentionné par",
            SameDay = "Autres années",
            EventsAreInEnglish = "Les citations et les événements sont en anglais, tels qu’imprimés.",
            AuthorOfSource = "Auteur",
            Translator = "Traduction",
            Published = "Publié",
            Address = "Adresse",
            KindWork = "Œuvre",
            KindEssay = "Essai",
            KindReference = "Référence",
            Previous = "Précédent",
            Next = "Suivant",
            PageOf = "Page {0} sur {1}",
            QuotationCount = "Citations\u00A0: {0}",
            EventCount = "Événements\u00A0: {0}",
            AboutTopic = "Thème\u00A0: {0}",
            YearTitle = "L’année {0}",
            TimelineExplained =
                "Chaque signe est un événement, chaque ligne une année. Suivez une année pour lire ce qui s’y est "
                + "passé.",
            TimelineOfLongRowsExplained =
                "Chaque signe est un événement, chaque ligne {0} années. Suivez une ligne pour lire ce qui s’est passé "
                + "dans sa première année qui a un événement\u202F; de là, chaque année mène à la suivante.",
            KindLife = "la vie et les livres",
            KindContext = "l’époque",
            KindPerson = "naissances et morts d’autres personnes",
            KindLived = "les années de la vie",
            YearLink = "{0}, événements\u00A0: {1}",
            DaysExplained = "Les jours marqués ont un événement.",
            SearchLabel = "Mots d’une citation ou d’un événement",
            SearchNeedsScript = "La recherche a besoin de JavaScript. Sans lui, utilisez les listes de ce site.",
            SearchNothing = "Rien ne contient tous ces mots.",
            SearchFoundOne = "résultat",
            SearchFoundMany = "résultats",
            SearchFoundTooMany = "résultats\u202F; seuls les premiers sont affichés",
            SearchFailed =
                "La recherche n’a pas pu être chargée. Vérifiez la connexion, puis appuyez sur la touche Entrée.",
            GoneTitle = "N’est plus ici",
            GoneExplained =
                "Ce qui avait cette adresse a été retiré ou supprimé et n’est plus montré. Son identifiant n’est "
                + "jamais réutilisé.",
            NotFoundTitle = "Cette page n’existe pas",
            NotFoundExplained =
                "L’adresse est peut-être mal écrite, ou ce qu’elle montrait a été retiré. La page d’accueil et la "
                + "recherche mènent à tout ce qui est ici.",
            StartPage = "Page d’accueil",
            AboutWhat =
                "Ce site contient des citations de {0}, mot pour mot et toujours avec leur source, et des événements "
                + "datés de cette vie et de cette époque. Chacun a une adresse qui ne change pas.",
            AboutDates =
                "Aucune date n’est plus précise que ce que l’on sait. Quand les sources diffèrent, la page le dit et "
                + "les nomme.",
            AboutBot =
                "Les mêmes fichiers alimentent un bot qui publie sur Mastodon et Discord\u202F; ce qu’il publie se "
                + "trouve sur ces pages.",
            AboutErrors = "Si un mot, un nom ou une date est faux, dites-le à l’opérateur.",
            RunBy = "Géré par",
            Contact = "Contact",
            SourceCode = "Code source",
            FeedsTitle = "Pour s’abonner, et pour les programmes",
            FeedAtom = "Flux Atom",
            FeedJson = "Flux JSON",
            FeedCalendar = "Calendrier des événements, chaque année",
            FeedToday = "Le choix du jour en JSON",
            FeedQuotes = "Toutes les citations en JSON",
            FeedEvents = "Tous les événements en JSON",
            RightsQuotations =
                "Les citations sont courtes et reproduites mot pour mot, chacune avec les noms de ceux qui l’ont "
                + "écrite et citée. La page d’une source nomme le traducteur s’il est connu. Ce site ne "
                + "revendique aucun droit sur elles. Elles appartiennent à l’auteur, aux traducteurs, à leurs héritiers ou éditeurs, là où le droit "
                + "d’auteur s’applique encore.",
            RightsOwnTexts =
                "Les phrases sur les événements, les contextes et les remarques ont été écrits pour ce projet et sont "
                + "sous licence MIT. Les faits et les dates ne sont pas protégés par le droit d’auteur.",
            RightsRemoval =
                "Si vous détenez des droits sur un texte, ou si un texte est faux ou blessant, demandez à l’opérateur "
                + "de le retirer. Il disparaît de ce site, et son adresse le dit.",
            PrivacyPages =
                "Ces pages ne déposent aucun cookie, ne contiennent aucune statistique et ne chargent rien d’autres "
                + "sites. La recherche a lieu dans votre navigateur\u202F; ce que vous tapez n’est envoyé à personne.",
            PrivacyHost = "L’hébergeur de ces fichiers peut voir l’adresse de votre connexion, comme tout serveur web.",
        };
}
