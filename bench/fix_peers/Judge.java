import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import quickfix.DataDictionary;
import quickfix.Message;

/** Reads messages from the standard input, each behind its length, and answers a line: ok, or why not. */
public class Judge {
    private static final Map<String, DataDictionary> DICTIONARIES = new HashMap<>();

    public static void main(String[] args) throws Exception {
        Method validate = DataDictionary.class.getDeclaredMethod(
            "validate", Message.class, DataDictionary.class, DataDictionary.class);
        validate.setAccessible(true);
        DataInputStream in = new DataInputStream(System.in);
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
        while (true) {
            byte[] bytes;
            try {
                bytes = new byte[in.readInt()];
            } catch (EOFException end) {
                break;
            }
            in.readFully(bytes);
            String answer = judge(new String(bytes, StandardCharsets.ISO_8859_1), validate);
            out.println(answer.replaceAll("[\\r\\n\u0001]", "|"));
        }
        out.flush();
    }

    private static String judge(String text, Method validate) throws Exception {
        boolean isFixt = text.startsWith("8=FIXT.1.1");
        DataDictionary session = open(isFixt ? "FIXT11" : text.startsWith("8=FIX.4.2") ? "FIX42" : "FIX44");
        DataDictionary application = isFixt ? open("FIX50SP2") : session;
        Message message = new Message();
        try {
            message.fromString(text, session, application, true, true);
            if (message.getException() != null) return "refused " + message.getException();
            validate.invoke(null, message, session, message.isAdmin() ? session : application);
            return "ok";
        } catch (InvocationTargetException refusal) {
            return "refused " + refusal.getCause();
        } catch (Exception refusal) {
            return "refused " + refusal;
        }
    }

    private static DataDictionary open(String name) throws Exception {
        DataDictionary known = DICTIONARIES.get(name);
        if (known != null) return known;
        DataDictionary dictionary = new DataDictionary(Judge.class.getResourceAsStream("/" + name + ".xml"));
        dictionary.setCheckUserDefinedFields(false);
        dictionary.setCheckUnorderedGroupFields(true);
        dictionary.setCheckFieldsOutOfOrder(true);
        dictionary.setCheckFieldsHaveValues(true);
        dictionary.setAllowUnknownMessageFields(false);
        DICTIONARIES.put(name, dictionary);
        return dictionary;
    }
}
