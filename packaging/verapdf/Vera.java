import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Checks PDF files with the veraPDF engine: java Vera 3a,ua1 a.pdf b.pdf
 *
 * One line per file and profile, then one per failed rule. Exit status: 0 all conform, 1 a rule failed, 2 a file or
 * a profile could not be read.
 */
public final class Vera {
    private static final int MESSAGE = 200;

    private Vera() { }

    public static void main(String[] mots) {
        if (mots.length < 2) {
            System.err.println("usage: Vera PROFIL[,PROFIL] FICHIER…");
            System.exit(2);
        }
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        VeraPDFFoundry fonderie = Foundries.defaultInstance();
        int etat = 0;
        for (String profil : mots[0].split(",")) {
            for (int i = 1; i < mots.length; i++) {
                etat = Math.max(etat, verifier(fonderie, profil, mots[i]));
            }
        }
        System.exit(etat);
    }

    private static int verifier(VeraPDFFoundry fonderie, String profil, String fichier) {
        PDFAFlavour norme = PDFAFlavour.fromString(profil);
        if (norme == PDFAFlavour.NO_FLAVOUR) {
            System.out.println("ILLISIBLE " + profil + " " + fichier + " : profil inconnu");
            return 2;
        }
        try (PDFAParser lecteur = fonderie.createParser(new File(fichier), norme);
                PDFAValidator valideur = fonderie.createValidator(norme, false)) {
            return rapporter(valideur.validate(lecteur), norme, fichier);
        } catch (Exception erreur) {
            System.out.println("ILLISIBLE " + profil + " " + fichier + " : " + erreur);
            return 2;
        }
    }

    private static int rapporter(ValidationResult resultat, PDFAFlavour norme, String fichier) {
        Map<String, String> echecs = new TreeMap<>();
        for (TestAssertion essai : resultat.getTestAssertions()) {
            if (essai.getStatus() == TestAssertion.Status.FAILED) {
                String regle = essai.getRuleId().getClause() + "-" + essai.getRuleId().getTestNumber();
                echecs.putIfAbsent(regle, message(essai));
            }
        }
        System.out.printf("%s %s %s controles=%d regles_en_echec=%d%n", resultat.isCompliant() ? "CONFORME" : "ECHEC",
                norme.getId(), fichier, resultat.getTotalAssertions(), echecs.size());
        echecs.forEach((regle, texte) -> System.out.println("    " + regle + "  " + texte));
        return resultat.isCompliant() ? 0 : 1;
    }

    private static String message(TestAssertion essai) {
        String texte = String.valueOf(essai.getMessage()).replaceAll("\\s+", " ");
        String lieu = essai.getLocation() == null ? "" : " @ " + essai.getLocation().getContext();
        return texte.substring(0, Math.min(MESSAGE, texte.length())) + lieu;
    }
}
