package android.content.res;

import java.util.Arrays;

/** Stands in for Android's: a string is its own name, followed by what would be put into it. */
public class Resources {
    private final String[] names;

    public Resources(String[] names) {
        this.names = names;
    }

    public String getString(int id, Object... arguments) {
        StringBuilder words = new StringBuilder(names[id]);
        Arrays.stream(arguments).forEach(argument -> words.append(' ').append(argument));
        return words.toString();
    }
}
