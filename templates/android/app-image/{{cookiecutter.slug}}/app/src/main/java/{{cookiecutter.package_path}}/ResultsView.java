// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.content.Context;
import android.util.AttributeSet;
import android.view.LayoutInflater;
import android.view.View;
import android.widget.LinearLayout;
import android.widget.ProgressBar;
import android.widget.TextView;
import {{ cookiecutter.model_package }}.Label;
import java.text.NumberFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one answer, best first: a row each, whose tag is its {@link Label}. Rows are used
 * again.
 */
public final class ResultsView extends LinearLayout {
    private final NumberFormat format = scoreFormat();

    public ResultsView(Context context, @Nullable AttributeSet attributes) {
        super(context, attributes);
    }

    /** Shows {@code labels}, none for an empty list. */
    void show(List<Label> labels) {
        while (getChildCount() > labels.size()) {
            removeViewAt(getChildCount() - 1);
        }
        while (getChildCount() < labels.size()) {
            LayoutInflater.from(getContext()).inflate(R.layout.row_result, this, true);
        }
        for (int at = 0; at < labels.size(); at++) {
            fill(getChildAt(at), labels.get(at));
        }
    }

    /** "espresso, 95.4 %": one label and how sure the model is of it. */
    String words(Label label) {
        return getResources()
                .getString(R.string.result, label.name(), format.format(label.probability()));
    }

    private void fill(View row, Label label) {
        row.setTag(label);
        row.setContentDescription(words(label));
        TextView name = row.findViewById(R.id.label);
        name.setText(label.name());
        TextView probability = row.findViewById(R.id.probability);
        probability.setText(format.format(label.probability()));
        ProgressBar bar = row.findViewById(R.id.bar);
        bar.setProgress(Math.round(label.probability() * bar.getMax()));
    }

    private static NumberFormat scoreFormat() {
        NumberFormat format = NumberFormat.{{ cookiecutter.score_format }}();
        format.setMinimumFractionDigits(1);
        format.setMaximumFractionDigits({{ cookiecutter.score_digits }});
        return format;
    }
}
