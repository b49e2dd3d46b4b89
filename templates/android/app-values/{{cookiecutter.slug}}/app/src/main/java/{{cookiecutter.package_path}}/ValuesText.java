// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.content.res.Resources;
import {{ cookiecutter.model_package }}.Tensor;
import java.text.NumberFormat;

/** An output as numbers: the first ones, and the range of all of them. */
final class ValuesText implements OutputText {
    private static final int SHOWN = 12;

    private final Tensor tensor;
    private final double[] first;
    private final double smallest;
    private final double largest;
    private final double mean;

    /** Looks at every number, so not on the main thread. */
    ValuesText(Tensor tensor) {
        this.tensor = tensor;
        int count = tensor.count();
        first = new double[Math.min(SHOWN, count)];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int at = 0; at < count; at++) {
            double value = tensor.get(at);
            if (at < first.length) {
                first[at] = value;
            }
            low = Math.min(low, value);
            high = Math.max(high, value);
            sum += value;
        }
        smallest = low;
        largest = high;
        mean = sum / count;
    }

    @Override
    public Tensor tensor() {
        return tensor;
    }

    @Override
    public String words(Resources resources) {
        NumberFormat format = NumberFormat.getNumberInstance();
        format.setMaximumFractionDigits(6);
        StringBuilder list = new StringBuilder();
        for (double value : first) {
            list.append(list.length() == 0 ? "" : "  ").append(format.format(value));
        }
        if (tensor.count() <= first.length) {
            return list.toString();
        }
        return resources.getString(
                R.string.values,
                list,
                format.format(smallest),
                format.format(largest),
                format.format(mean));
    }
}
