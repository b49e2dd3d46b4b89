// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.content.res.Resources;
import {{ cookiecutter.model_package }}.Label;
import {{ cookiecutter.model_package }}.Scores;
import {{ cookiecutter.model_package }}.Tensor;
import java.text.NumberFormat;
import java.util.List;

/** An output that is the scores of classes: the best of them. */
final class RankingText implements OutputText {
    private static final int TOP = 5;

    private final Tensor tensor;
    private final List<Label> best;

    /** Looks at every score, so not on the main thread. */
    RankingText(Tensor tensor) {
        this.tensor = tensor;
        best = new Scores().top(tensor, TOP);
    }

    @Override
    public Tensor tensor() {
        return tensor;
    }

    @Override
    public String words(Resources resources) {
        NumberFormat format = NumberFormat.{{ cookiecutter.score_format }}();
        format.setMinimumFractionDigits(1);
        format.setMaximumFractionDigits({{ cookiecutter.score_digits }});
        StringBuilder lines = new StringBuilder();
        for (Label label : best) {
            String score = format.format(label.probability());
            lines.append(lines.length() == 0 ? "" : "\n");
            lines.append(resources.getString(R.string.ranked, label.name(), score));
        }
        return lines.toString();
    }
}
